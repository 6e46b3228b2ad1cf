import type { NamedSource } from '@/lib/recipients/mapping';

const PREFIX = 'herald.mapping.';

/** How the columns were mapped when this template was used last in this browser; empty when it never was. */
export function recallMapping(templateId: number): Record<string, NamedSource> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(PREFIX + templateId) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(
      Object.entries(stored).filter((entry): entry is [string, NamedSource] => isSource(entry[1])),
    );
  } catch {
    // Storage may be switched off, or hold what another version wrote: then there is nothing to recall.
    return {};
  }
}

export function rememberMapping(templateId: number, mapping: Readonly<Record<string, NamedSource>>): void {
  try {
    localStorage.setItem(PREFIX + templateId, JSON.stringify(mapping));
  } catch {
    // Without storage the next file is guessed like the first.
  }
}

function isSource(value: unknown): value is NamedSource {
  if (typeof value !== 'object' || value === null) return false;
  const { column, text } = value as Record<string, unknown>;
  const isText = (part: unknown) => part === undefined || typeof part === 'string';
  return isText(column) && isText(text);
}
