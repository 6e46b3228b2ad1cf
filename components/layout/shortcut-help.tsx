import { Dialog } from '@/components/ui/dialog';
import { SECTIONS } from './sections';

const KEYS: readonly { keys: string[]; word: string }[] = [
  { keys: ['⌘ or Ctrl', 'K'], word: 'Find a page or a campaign' },
  { keys: ['n'], word: 'New campaign' },
  { keys: ['/'], word: 'Search on this page' },
  { keys: ['j'], word: 'Next entry of a list' },
  { keys: ['k'], word: 'Entry before' },
  ...SECTIONS.map(({ key, word }) => ({ keys: ['g', key], word })),
  { keys: ['?'], word: 'These shortcuts' },
];

export function ShortcutHelp({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts">
      <dl className="divide-y">
        {KEYS.map(({ keys, word }) => (
          <div key={word} className="flex items-center justify-between gap-4 py-2">
            <dt>{word}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <kbd key={key} className="rounded-md border bg-sunken px-2 py-0.5 font-mono text-xs">
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 text-muted">Shortcuts of a single letter can be switched off in the settings.</p>
    </Dialog>
  );
}
