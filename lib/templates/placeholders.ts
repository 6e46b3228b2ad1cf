import type { ParameterFormat } from './schema';

const POSITIONAL = /\{\{\s*(\d{1,3})\s*\}\}/g;
const NAMED = /\{\{\s*([A-Za-z0-9_]{1,100})\s*\}\}/g;

/**
 * The placeholders of a text, each once, in the order WhatsApp expects their values: by number, or for named
 * ones as they appear (their order does not matter there).
 */
export function findPlaceholders(text: string, format: ParameterFormat): string[] {
  if (format === 'NAMED') return [...new Set(Array.from(text.matchAll(NAMED), ([, name = '']) => name))];
  const numbers = Array.from(text.matchAll(POSITIONAL), ([, number]) => Number(number));
  return [...new Set(numbers)].sort((a, b) => a - b).map(String);
}

/** A text cut at its placeholders: `name` as `findPlaceholders` gives it, null for what stands between them. */
export function splitAtPlaceholders(
  text: string,
  format: ParameterFormat,
): { text: string; name: string | null }[] {
  const parts: { text: string; name: string | null }[] = [];
  let from = 0;
  for (const found of text.matchAll(format === 'NAMED' ? NAMED : POSITIONAL)) {
    const [whole, name = ''] = found;
    if (found.index > from) parts.push({ text: text.slice(from, found.index), name: null });
    parts.push({ text: whole, name: format === 'NAMED' ? name : String(Number(name)) });
    from = found.index + whole.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), name: null });
  return parts;
}
