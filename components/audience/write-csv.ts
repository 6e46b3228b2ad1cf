import { CsvReader } from '@/lib/recipients/csv';
import { BYTE_ORDER_MARK, escapeCell, formatCsv, nameColumns } from '@/lib/recipients/csv-cells';
import { columnOf, type RecordRules } from '@/lib/recipients/record';
import { keyOfVariant } from '@/lib/variants/keys';
import type { RowStore } from './row-store';
import type { CheckedRow, Fault, RowProblem } from './types';

const BATCH_ROWS = 2_000;

/**
 * Every row as CSV, in pieces. Reading it gives the same cells under the same line numbers, with no guess about
 * the delimiter: all is in quotes, and blank lines stand where they stood.
 */
export function* writeRows(columns: readonly string[], rows: RowStore): Generator<string> {
  // A header like `sep=;` alone would be taken for such a line: one in front of it tells.
  yield BYTE_ORDER_MARK + (/^sep=.$/i.test(columns[0] ?? '') ? 'sep=,\r\n' : '') + writeLine(columns);
  let line = 1;
  let batch = '';
  for (let index = 0; index < rows.count; index += 1) {
    batch += '\r\n'.repeat(rows.line(index) - line - 1);
    line = rows.line(index);
    const cells = rows.cells(index);
    batch += rows.isMalformed(index) ? writeMalformed(cells) : writeLine(cells);
    if (index % BATCH_ROWS === BATCH_ROWS - 1) {
      yield batch;
      batch = '';
    }
  }
  yield batch;
}

/** Rows that will not be sent, for a spreadsheet and for coming back mended; `rows` may be of any length. */
export function* writeRejects(
  rules: readonly [RecordRules, ...RecordRules[]],
  rows: Iterable<CheckedRow>,
  width: number,
): Generator<string> {
  const [{ columns }] = rules;
  const extra = Array.from({ length: Math.max(0, width - columns.length) }, () => '');
  const header = nameColumns([...columns, ...extra, 'row', 'error_code', 'error', 'fix']);
  yield BYTE_ORDER_MARK + formatCsv([header]);
  for (const { cells, row, fault, problems } of rows) {
    if (fault === null) continue;
    const padding = Array.from({ length: header.length - 4 - cells.length }, () => '');
    const error = problems.map(({ key, message, variant }) =>
      key === '' ? message : `${columnOf(key, rules[variant] ?? rules[0])}: ${message}`,
    );
    const ofMessage = messageWords(problems);
    yield formatCsv([[...cells, ...padding, String(row), fault, ofMessage + error.join(' '), FIXES[fault]]]);
  }
}

/** What stands before a row's problems where they are those of a message after the first; as the import says it. */
function messageWords([first]: readonly RowProblem[]): string {
  return first && first.variant > 0 ? `Message ${keyOfVariant(first.variant + 1)}: ` : '';
}

const FIXES: Record<Fault, string> = {
  invalid: 'Correct the number, with + and the country code, or delete the row; then choose this file.',
  missing: 'Fill in or correct the value, or delete the row; then choose this file.',
  duplicate:
    'Nothing: the first row with this number is used. Give this one another number to send to it too.',
  suppressed: 'Nothing: this person asked not to be messaged, and is left out.',
};

function writeLine(cells: readonly string[]): string {
  return `${cells.map(quote).join(',')}\r\n`;
}

function quote(cell: string): string {
  return `"${escapeCell(cell).replaceAll('"', '""')}"`;
}

/** A row that was not read with certainty must not become a certain one on its way to the import. */
function writeMalformed(cells: readonly string[]): string {
  const asRead = `${cells.map((cell) => `"${escapeCell(cell)}"`).join(',')}\r\n`;
  return isMalformed(asRead) ? asRead : writeLine([...cells, '"']);
}

function isMalformed(line: string): boolean {
  try {
    const reader = new CsvReader({ delimiter: ',' });
    const records = [...reader.push(`header\r\n${line}`), ...reader.end()];
    return records.length === 2 && records[1]?.malformed === true;
  } catch {
    return false;
  }
}
