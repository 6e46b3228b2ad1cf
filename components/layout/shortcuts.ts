'use client';

import { useEffect } from 'react';
import { useLatest } from '@/components/api/use-latest';

/** `n`, `?`, or two keys one after the other: `g c`. `mod+k` is ⌘K on a Mac, Ctrl+K elsewhere. */
export type Shortcuts = Readonly<Record<string, () => void>>;

/** The second key of a pair must come within this. */
const PAIR_MS = 1_200;

/**
 * Listens for keys on the whole page, except where a person types, or works in a menu or dialog. Single letters
 * can be switched off (WCAG 2.1.4): combinations with a modifier stay.
 */
export function useShortcuts(shortcuts: Shortcuts, { letters }: { letters: boolean }): void {
  const latest = useLatest(shortcuts);
  useEffect(() => {
    let first = { key: '', at: -Infinity };
    const listen = (event: KeyboardEvent) => {
      const name = nameOf(event);
      if (name === null) return;
      const isCombination = name.startsWith('mod+');
      if (!isCombination && (!letters || isBusy(event.target))) return;
      const pair = event.timeStamp - first.at < PAIR_MS ? `${first.key} ${name}` : name;
      first = { key: name, at: event.timeStamp };
      const action = latest.current[pair] ?? latest.current[name];
      if (!action) return;
      first = { key: '', at: -Infinity };
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [latest, letters]);
}

function nameOf(event: KeyboardEvent): string | null {
  if (event.isComposing || event.altKey || event.defaultPrevented) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : null;
  if (key === null) return null;
  return event.metaKey || event.ctrlKey ? `mod+${key}` : key;
}

/** A letter typed there means itself. */
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role=dialog], [role=alertdialog], [role=menu]') !== null
  );
}
