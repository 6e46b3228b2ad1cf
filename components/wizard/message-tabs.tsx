import { CircleAlert } from 'lucide-react';
import { cn } from '@/components/ui/class-names';
import type { Missing } from './steps';
import type { WizardState } from './use-wizard';

interface MessageTabsProps {
  wizard: Pick<WizardState, 'messages' | 'shown' | 'show'>;
  /** What is still to do here; a message named in it is marked. */
  missing?: readonly Missing[];
}

/** Which message of a test is looked at. Nothing where there is one. */
export function MessageTabs({ wizard: { messages, shown, show }, missing = [] }: MessageTabsProps) {
  if (messages.all.length < 2) return null;
  return (
    <div role="group" aria-label="Message" className="flex flex-wrap gap-2">
      {messages.all.map(({ key, template }, i) => {
        const isUnfinished = missing.some(({ of }) => of === i);
        return (
          <button
            key={key}
            type="button"
            aria-pressed={i === shown}
            onClick={() => show(i)}
            className={cn(
              'inline-flex h-11 max-w-full min-w-0 items-center gap-2 rounded-lg border px-3 md:h-9',
              i === shown ? 'border-accent bg-accent-soft text-ink' : 'bg-surface text-muted hover:text-ink',
            )}
          >
            <span className="shrink-0 font-medium text-ink">Message {key}</span>
            <span className="hidden truncate sm:inline">{template?.name ?? 'no template'}</span>
            {isUnfinished && (
              <span className="inline-flex shrink-0 items-center gap-1 text-warn">
                <CircleAlert aria-hidden className="size-4" />
                <span className="sr-only">unfinished</span>
              </span>
            )}
          </button>
        );
      })}
    </div>
  );
}
