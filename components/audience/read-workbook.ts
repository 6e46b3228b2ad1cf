import readXlsxFile from 'read-excel-file/universal';
import { boundRecord, type CsvRecord } from '@/lib/recipients/csv';
import { ReadFailure } from './failure';

export interface Workbook {
  records: CsvRecord[];
  notices: string[];
}

/** The first sheet that has content, as text. Throws ReadFailure for a workbook that cannot be read. */
export async function readWorkbook(file: Blob): Promise<Workbook> {
  const sheets = await readXlsxFile(file, { trim: false, parseNumber: writeNumber }).catch(
    (error: unknown) => {
      throw new ReadFailure(
        'The workbook cannot be read',
        `Open it in Excel, save it again as .xlsx or as “CSV UTF-8”, and choose that file. (${messageOf(error)})`,
      );
    },
  );
  for (const { sheet, data } of sheets) {
    const rows = data.map((row) => row.map(writeCell));
    const records = toRecords(rows);
    if (records.length === 0) continue;
    const others = sheets.length - 1;
    const notices = others === 0 ? [] : [`Read from the sheet “${sheet}”; ${countSheets(others)} left out.`];
    if (data.some((row) => row.some(isDate))) {
      notices.push('Dates are written as in 2026-11-24, whatever the sheet shows.');
    }
    return { records, notices };
  }
  return { records: [], notices: [] };
}

/** Numbered as CSV is: the first row with content is the header and row 1. */
function toRecords(rows: readonly string[][]): CsvRecord[] {
  const first = rows.findIndex((cells) => !isBlank(cells));
  if (first === -1) return [];
  const records: CsvRecord[] = [];
  rows.slice(first).forEach((cells, i) => {
    if (!isBlank(cells)) records.push(boundRecord({ row: i + 1, cells, malformed: false }));
  });
  return records;
}

function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

/** The file's own digits; only what it wrote with an exponent is written out: 4.915123456789E+12 is a phone number. */
function writeNumber(text: string): string {
  if (/^-?\d+(\.0+)?$/.test(text)) return text.replace(/\..*/, '');
  const value = Number(text);
  if (Number.isNaN(value)) return text;
  // Excel knows 15 digits; those beyond are what binary fractions make of them.
  const rounded = Number(value.toPrecision(15));
  return Math.abs(rounded) < 1e21 && Number.isInteger(rounded) ? String(BigInt(rounded)) : String(rounded);
}

function writeCell(value: unknown): string {
  if (typeof value === 'string') return value.replaceAll('\0', '');
  if (isDate(value)) return writeDate(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return '';
}

function isDate(value: unknown): value is Date {
  return value instanceof Date;
}

/** Sheets have no time zone: the reader gives what they show as UTC. */
function writeDate(date: Date): string {
  // A time of day is a fraction of a day, a few milliseconds off.
  const [day = '', time = ''] = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString().split('T');
  const [hours = '', minutes = '', seconds = ''] = time.slice(0, 8).split(':');
  if (hours === '00' && minutes === '00' && seconds === '00') return day;
  const clock = seconds === '00' ? `${hours}:${minutes}` : `${hours}:${minutes}:${seconds}`;
  return day < '1900-01-01' ? clock : `${day} ${clock}`;
}

function countSheets(n: number): string {
  return n === 1 ? 'one other sheet was' : `${n} other sheets were`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'no reason given';
}
