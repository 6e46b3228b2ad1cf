import Papa from 'papaparse';

/** Opens a spreadsheet's eyes to UTF-8. */
export const BYTE_ORDER_MARK = '\ufeff';

/**
 * What a spreadsheet would run as a formula (OWASP, CSV injection; full-width signs count too), and what
 * looks like our own escape of it, so that escaping can always be undone.
 */
const FORMULA = /^'*\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n\0]/;
const ESCAPED = /^''*\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n\0]/;

/** Rows as CSV text with CRLF, safe to open in a spreadsheet: formulas get an apostrophe and quotes. */
export function formatCsv(rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const text = Papa.unparse(rows as string[][], { newline: '\r\n', escapeFormulae: FORMULA });
  return `${text}\r\n`;
}

/** The same apostrophe for one cell, without quotes. */
export function escapeCell(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

/** Takes the apostrophe off again that `formatCsv`, or a person typing in Excel, put before a cell. */
export function unescapeCell(cell: string): string {
  return ESCAPED.test(cell) ? cell.slice(1) : cell;
}

/** Column names of a header row: trimmed, a blank one is `Column 3`, a repeated one `name_1`. */
export function nameColumns(header: readonly string[]): string[] {
  const taken = new Set<string>();
  return header.map((cell, i) => {
    const name = unescapeCell(cell).replaceAll(BYTE_ORDER_MARK, '').trim() || `Column ${i + 1}`;
    let unique = name;
    for (let n = 1; taken.has(unique); n += 1) unique = `${name}_${n}`;
    taken.add(unique);
    return unique;
  });
}
