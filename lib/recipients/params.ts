import type { ValueFormat, ValueFormats } from '@/lib/templates/values/format';

/** What fills one parameter: the row's cell in `column`, or `text` where that is empty or there is no column. */
export interface ParameterSource {
  /** Index into the row's cells. */
  column: number | null;
  text: string;
  /** How its values are to be read, where they are more than words. */
  format?: ValueFormat;
}

/** Parameter key → what fills it. */
export type Mapping = Readonly<Record<string, ParameterSource>>;

/** Meta refuses text with line breaks, tabs or more than four spaces in a row (132018; reference §1). */
export function sanitizeText(text: string): string {
  return text
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(/ {5,}/g, ' ')
    .trim();
}

/** What fills the template for one recipient, by parameter key, ready to be sent; empty ones are left out (browser-safe). */
export function paramsOf(cells: readonly string[], mapping: Mapping): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [key, source] of Object.entries(mapping)) {
    const value = valueOf(cells, source);
    if (value !== '') params[key] = value;
  }
  return params;
}

/** What a source says of one row; empty when neither cell nor text says anything. */
export function valueOf(cells: readonly string[], { column, text }: ParameterSource): string {
  const cell = column === null ? '' : sanitizeText(cells[column] ?? '');
  return cell || sanitizeText(text);
}

/** The formats a mapping gives its parameters. */
export function formatsOf(mapping: Mapping): ValueFormats {
  return Object.fromEntries(
    Object.entries(mapping).flatMap(([key, { format }]) => (format ? [[key, format]] : [])),
  );
}
