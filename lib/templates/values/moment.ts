const ISO = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?\s?(?:Z|[+-]\d{2}:?\d{2})$/i;
const SECONDS = /^\d{10}$/;
const MILLISECONDS = /^\d{13}$/;

/**
 * A moment as lists and programs write it, in milliseconds (browser-safe): ISO 8601 with its time zone, or Unix time
 * in seconds or milliseconds. Null for anything else: a time without a zone is a different moment for everybody.
 */
export function parseMoment(text: string): number | null {
  if (SECONDS.test(text)) return Number(text) * 1000;
  if (MILLISECONDS.test(text)) return Number(text);
  if (!ISO.test(text)) return null;
  const ms = Date.parse(
    text
      .replace(' ', 'T')
      .replace(/\s/, '')
      .replace(/([+-]\d{2})(\d{2})$/, '$1:$2'),
  );
  return Number.isNaN(ms) ? null : ms;
}
