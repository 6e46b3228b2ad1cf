'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { laterDialog } from '@/components/ui/later-dialog';
import { NEW_CAMPAIGN, SECTIONS } from './sections';
import { useShortcuts } from './shortcuts';

const CommandPalette = laterDialog(async () => (await import('./command-palette')).CommandPalette);
const ShortcutHelp = laterDialog(async () => (await import('./shortcut-help')).ShortcutHelp);

/** All that the keyboard does everywhere. `letters`: shortcuts of a single letter, which a person may switch off. */
export function Keyboard({ letters }: { letters: boolean }) {
  const router = useRouter();
  const [shown, setShown] = useState<'palette' | 'help' | null>(null);
  useShortcuts(
    {
      'mod+k': () => setShown((now) => (now === 'palette' ? null : 'palette')),
      '?': () => setShown('help'),
      n: () => router.push(NEW_CAMPAIGN),
      '/': focusSearch,
      j: () => moveInList(1),
      k: () => moveInList(-1),
      ...Object.fromEntries(SECTIONS.map(({ key, href }) => [`g ${key}`, () => router.push(href)])),
    },
    { letters },
  );
  return (
    <>
      <CommandPalette open={shown === 'palette'} onOpenChange={(open) => setShown(open ? 'palette' : null)} />
      <ShortcutHelp open={shown === 'help'} onOpenChange={(open) => setShown(open ? 'help' : null)} />
    </>
  );
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>('main input[type=search]')?.focus();
}

/** From one entry of the page's main list to the next; lists mark their entries' links with `data-entry`. */
function moveInList(step: number): void {
  const entries = [...document.querySelectorAll<HTMLElement>('main [data-entry]')].filter(
    (entry) => entry.offsetParent !== null,
  );
  const at = entries.findIndex((entry) => entry === document.activeElement);
  const next = at === -1 ? (step > 0 ? 0 : entries.length - 1) : at + step;
  entries[next]?.focus();
}
