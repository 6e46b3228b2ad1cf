import type { TemplateParameter } from '@/lib/templates/schema';
import {
  CODE_WORDS,
  COUNTRY_CODE_WORDS,
  FIRST_NAME_WORDS,
  LINK_WORDS,
  MEDIA_WORDS,
  NAME_WORDS,
  PHONE_WORDS,
} from './header-words';
import type { NamedSource } from './mapping';

/** Below this a person is asked rather than guessed for. */
export const CONFIDENT = 0.9;

export interface GuessQuestion {
  columns: readonly string[];
  /** The first rows of the file. */
  sample: readonly (readonly string[])[];
  parameters: readonly TemplateParameter[];
  /** The template's words before a placeholder, by parameter key: “Hi ” means that a name follows. */
  leadIns?: Readonly<Record<string, string>>;
}

interface Column {
  name: string;
  /** For comparing: lower case, without accents and punctuation. */
  plain: string;
  /** Cells of the sample that say something. */
  cells: string[];
}

/**
 * Which column fills what, where names and cells leave little doubt (browser-safe): phone_number, country_code and
 * parameter keys → column. What is not there must be chosen by a person.
 */
export function guessMapping(question: GuessQuestion): Record<string, NamedSource> {
  const columns = question.columns.map((name, i): Column => {
    const cells = question.sample.map((row) => (row[i] ?? '').trim()).filter((cell) => cell !== '');
    return { name, plain: plainWords(name), cells };
  });
  const found: Record<string, NamedSource> = {};
  const take = (key: string, score: (column: Column) => number) => {
    const best = bestOf(columns, score);
    if (best) found[key] = { column: best.name };
  };
  take('phone_number', phoneScore);
  const phone = found.phone_number?.column;
  const isFree = ({ name }: Column) => name !== phone;
  take('country_code', (column) => (isFree(column) ? countryCodeScore(column) : 0));
  for (const parameter of question.parameters) {
    const leadIn = question.leadIns?.[parameter.key] ?? '';
    take(parameter.key, (column) => (isFree(column) ? parameterScore(parameter, leadIn, column) : 0));
  }
  // Placeholders with the same example mean the same: “Maria, …” above “Hi Maria”.
  for (const { key, example } of question.parameters) {
    const twin = question.parameters.find(
      (other) => example && other.example === example && found[other.key],
    );
    if (twin && !found[key]) found[key] = { ...found[twin.key] };
  }
  return found;
}

/** The surest column; null when none is sure enough, or two are equally sure. */
function bestOf(columns: readonly Column[], score: (column: Column) => number): Column | null {
  let best: Column | null = null;
  let bestScore = 0;
  let isTied = false;
  for (const column of columns) {
    const points = score(column);
    if (points > bestScore) [best, bestScore, isTied] = [column, points, false];
    else if (points === bestScore && points > 0) isTied = true;
  }
  return bestScore >= CONFIDENT && !isTied ? best : null;
}

function phoneScore({ plain, cells }: Column): number {
  if (plain === 'phone number') return 1;
  const shaped = share(cells, isPhoneShaped);
  const named = wordScore(plain, PHONE_WORDS);
  // A list of order numbers looks like one of phone numbers: without a telling name only a plus will do.
  if (named === 0)
    return cells.length > 0 && share(cells, (cell) => /^\+\d/.test(cell)) === 1 ? shaped * 0.92 : 0;
  return cells.length === 0 ? named : named * (shaped >= 0.5 ? 1 : 0.6);
}

function isPhoneShaped(cell: string): boolean {
  const digits = cell.replace(/\D/g, '').length;
  return digits >= 6 && digits <= 16 && /^[\s\d().+\-/'\u00a0\u2010-\u2015]*$/.test(cell);
}

function countryCodeScore({ plain, cells }: Column): number {
  const isShaped = (cell: string) => /^(\+|00)?\d{1,4}$|^[A-Za-z]{2}$/.test(cell);
  if (cells.length > 0 && share(cells, isShaped) < 0.9) return 0;
  if (plain === 'country code') return 1;
  const named = wordScore(plain, COUNTRY_CODE_WORDS);
  if (named > 0) return named;
  // “Country” may be a name for people; with two letters or a code in every cell it is what we need.
  return plain === 'country' && cells.length > 0 ? 0.93 : 0;
}

function parameterScore({ key, example }: TemplateParameter, leadIn: string, column: Column): number {
  const { plain, cells } = column;
  const ownName = plainWords(key.replace(/^(body|header)_param_/, ''));
  if (plain === plainWords(key)) return 1;
  if (/\p{L}/u.test(ownName) && plain === ownName) return 0.99;
  if (key === 'header_media_url') {
    const isLinked = cells.length > 0 && share(cells, (cell) => /^https?:\/\/\S+$/i.test(cell)) >= 0.9;
    return isLinked ? Math.max(0.91, wordScore(plain, MEDIA_WORDS)) : 0;
  }
  if (key.startsWith('button_url_param')) return wordScore(plain, LINK_WORDS);
  if (key === 'button_code_param') return wordScore(plain, CODE_WORDS);
  if (/^(body|header)_param_/.test(key)) {
    if (isGreeting(leadIn) || /^((first|given|customer|full) )?name$/.test(ownName)) return nameScore(plain);
    return shapeScore(example, column);
  }
  return 0;
}

/** “Hi {{1}}”, “¡Hola {{1}}”: whoever is greeted is called by a name. */
function isGreeting(leadIn: string): boolean {
  return /(^|[\s¡*_])(hi|hello|hey|dear|hola|ola|olá|bonjour|salut|hallo|ciao|buongiorno|cześć|witaj|merhaba|привет|здравствуйте|مرحبا|नमस्ते|halo|cher|chère|liebe[r]?|estimad[oa]|querid[oa]|caro|cara|thanks|thank you|gracias|danke|merci|obrigad[oa])[\s,:*_]*$/iu.test(
    leadIn,
  );
}

function nameScore(plain: string): number {
  const first = wordScore(plain, FIRST_NAME_WORDS);
  return first >= CONFIDENT ? first : wordScore(plain, NAME_WORDS) * 0.95;
}

/** A sign in the template's example that every cell of one column shows too: a percentage, an amount, a date. */
const SHAPES: readonly RegExp[] = [
  /^-?\d{1,3}([.,]\d+)?\s?%$/,
  /^(?:[$€£¥₹]\s?\d[\d.,\s]*|\d[\d.,\s]*\s?[$€£¥₹]|[A-Z]{3}\s?\d[\d.,\s]*)$/,
  /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/,
  /^\d{1,2}[:.h]\d{2}(\s?[ap]m)?$/i,
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
];

function shapeScore(example: string | null, { cells }: Column): number {
  const shape = SHAPES.find((each) => each.test(example?.trim() ?? ''));
  return shape && cells.length > 0 && share(cells, (cell) => shape.test(cell)) === 1 ? 0.91 : 0;
}

/** The word itself is all but sure; the word with a number or a filler beside it still a guess worth making. */
function wordScore(plain: string, words: readonly string[]): number {
  const index = words.findIndex((word) => plainWords(word) === plain);
  if (index !== -1) return 0.98 - Math.min(index, 50) / 1000;
  const bare = plain.replace(/ ?\d+$/, '').replace(/^(customer|contact|client|user|recipient) /, '');
  return bare !== plain && words.some((word) => plainWords(word) === bare) ? 0.9 : 0;
}

function share(cells: readonly string[], holds: (cell: string) => boolean): number {
  return cells.length === 0 ? 0 : cells.filter(holds).length / cells.length;
}

/** `Téléphone_Nr.` and `telephone nr` are one. */
function plainWords(text: string): string {
  return text
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, (mark) => (/[\u0300-\u036f]/.test(mark) ? '' : mark))
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
}
