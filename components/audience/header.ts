import { BYTE_ORDER_MARK, nameColumns, unescapeCell } from '@/lib/recipients/csv-cells';
import { ReadFailure } from './failure';

export interface Header {
  columns: string[];
  /** What was mended in it. */
  notices: string[];
}

/** A name that is a phone number is no name: people in the header would be left out in silence. */
const PHONE_NUMBER = /^['’]?\+?[\d\s().\-/]{9,}$/;
const MAX_LISTED = 5;

/** Names the columns by the first row. Throws ReadFailure for a first row that is a recipient. */
export function readHeader(cells: readonly string[]): Header {
  const phone = cells.find((cell) => PHONE_NUMBER.test(cell.trim()) && countDigits(cell) >= 9);
  if (phone !== undefined) {
    throw new ReadFailure(
      'The column names are missing',
      `The first row has a phone number (${phone.trim()}), so it is a recipient already: put a row with a name for each column above it.`,
    );
  }
  const columns = nameColumns(cells);
  const blank: string[] = [];
  const doubled: string[] = [];
  columns.forEach((column, i) => {
    const name = unescapeCell(cells[i] ?? '')
      .replaceAll(BYTE_ORDER_MARK, '')
      .trim();
    if (name === '') blank.push(`“${column}”`);
    else if (name !== column) doubled.push(`“${column}”`);
  });
  const notices: string[] = [];
  if (blank.length > 0)
    notices.push(`${count(blank.length, 'column')} without a name: called ${list(blank)}.`);
  if (doubled.length > 0) {
    notices.push(
      `${count(doubled.length, 'column name')} used twice: the later one is called ${list(doubled)}.`,
    );
  }
  return { columns, notices };
}

function countDigits(text: string): number {
  return text.replace(/\D/g, '').length;
}

function count(n: number, what: string): string {
  return n === 1 ? `One ${what}` : `${n} ${what}s`;
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, MAX_LISTED).join(', ');
  return names.length > MAX_LISTED ? `${shown} and ${names.length - MAX_LISTED} more` : shown;
}
