import { findPlaceholders, splitAtPlaceholders } from './placeholders';
import type { ParameterFormat } from './schema';

/** A stretch of a text: the template's own words (no key), or what fills a parameter. */
export interface PreviewPiece {
  text: string;
  /** The parameter it comes from; null for the template's own words. */
  key: string | null;
  /** False while nothing fills the parameter: the text is then its placeholder, such as {{1}}. */
  filled: boolean;
}

/** Parameter key → value. */
export type PreviewParams = Readonly<Record<string, string>>;

/** Longer values are cut in a preview; WhatsApp takes 1,024 characters of a body, 2,000 of a link. */
const MAX_SHOWN_CHARS = 2_000;

interface Filling {
  format: ParameterFormat;
  /** The keys of the text's placeholders, in the order `findPlaceholders` gives these. */
  keys: readonly string[];
  params: PreviewParams;
}

/** A text with its placeholders filled. */
export function fillText(text: string, { format, keys, params }: Filling): PreviewPiece[] {
  const names = findPlaceholders(text, format);
  return splitAtPlaceholders(text, format).map(({ text: part, name }) => {
    const key = name === null ? undefined : keys[names.indexOf(name)];
    return key === undefined ? fixedPiece(part) : pieceOf(key, part, params);
  });
}

/** What fills a parameter; `placeholder` while nothing does. */
export function pieceOf(key: string, placeholder: string, params: PreviewParams): PreviewPiece {
  const value = (Object.hasOwn(params, key) ? params[key] : undefined) ?? '';
  if (value === '') return { text: placeholder, key, filled: false };
  const shown = value.length > MAX_SHOWN_CHARS ? `${value.slice(0, MAX_SHOWN_CHARS)}…` : value;
  return { text: shown, key, filled: true };
}

/** The template's own words. */
export function fixedPiece(text: string): PreviewPiece {
  return { text, key: null, filled: false };
}
