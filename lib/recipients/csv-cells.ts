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
  const safe = rows.map((row) => row.map(escapeInside));
  return `${Papa.unparse(safe, { newline: '\r\n', escapeFormulae: FORMULA })}\r\n`;
}

/** The same apostrophes for one cell, without quotes. */
export function escapeCell(cell: string): string {
  const inside = escapeInside(cell);
  return FORMULA.test(inside) ? `'${inside}` : inside;
}

/** Takes the apostrophes off again that `formatCsv`, or a person typing in Excel, put into a cell. */
export function unescapeCell(cell: string): string {
  return unescapeInside(ESCAPED.test(cell) ? cell.slice(1) : cell);
}

/** Where a spreadsheet of another country splits a cell in two, although commas separate ours. */
const SPLIT = /[;\t\r\n]/;
const FORMULA_SIGN = /[=+\-@\uff1d\uff0b\uff0d\uff20]/;

/** A formula behind such a split would run there: it gets an apostrophe too. */
function escapeInside(cell: string): string {
  return pieces(cell).join("'");
}

function unescapeInside(cell: string): string {
  const [first = '', ...rest] = pieces(cell);
  return first + rest.map((piece) => (piece.startsWith("'") ? piece.slice(1) : piece)).join('');
}

/** Cut after each split that a formula follows, white space and apostrophes apart. One pass from the end: linear. */
function pieces(cell: string): string[] {
  if (!SPLIT.test(cell)) return [cell];
  const found: string[] = [];
  let end = cell.length;
  let isFormula = false;
  for (let i = cell.length - 1; i >= 0; i -= 1) {
    const sign = cell.charAt(i);
    if (isFormula && SPLIT.test(sign)) {
      found.push(cell.slice(i + 1, end));
      end = i + 1;
    }
    if (FORMULA_SIGN.test(sign)) isFormula = true;
    else if (!/['\s]/.test(sign)) isFormula = false;
  }
  return [...found, cell.slice(0, end)].reverse();
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
