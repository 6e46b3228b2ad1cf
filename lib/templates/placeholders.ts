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
