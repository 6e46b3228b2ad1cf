import Papa from 'papaparse';
import { AppError } from '@/lib/errors';

export interface CsvRecord {
  /** As a spreadsheet numbers it: the header is 1, blank lines count. */
  row: number;
  cells: string[];
  /** A quote in it is neither doubled nor closed, so the cells are a guess. */
  malformed: boolean;
}

/** A row of one campaign is some kilobytes; what is longer is an open quote or no CSV at all. */
export const MAX_RECORD_CHARS = 1_000_000;
export const MAX_COLUMNS = 1_000;

const SAMPLE_CHARS = 65_536;
const DELIMITERS = [',', ';', '\t', '|'];

/**
 * Reads CSV in pieces, in memory bounded by one record (browser-safe): finds the delimiter, honours and drops
 * a `sep=` line, takes any line ending, skips blank rows. The first record is the header. Throws AppError.
 */
export class CsvReader {
  #pending = '';
  #heldReturn = false;
  #parser: Papa.Parser | undefined;
  #row = 0;
  #delimiter: string | undefined;
  #hasSeparatorLine = false;

  /** `delimiter`: as a person chose it; else it is found. */
  constructor(options: { delimiter?: string } = {}) {
    this.#delimiter = options.delimiter;
  }

  /** Known once the first records were given. */
  get delimiter(): string | undefined {
    return this.#delimiter;
  }

  /** There was a `sep=` line. */
  get hasSeparatorLine(): boolean {
    return this.#hasSeparatorLine;
  }

  push(text: string): CsvRecord[] {
    this.#pending += this.#unifyNewlines(text);
    if (!this.#parser && this.#pending.length < SAMPLE_CHARS) return [];
    return this.#drain(false);
  }

  end(): CsvRecord[] {
    if (this.#heldReturn) this.#pending += '\n';
    this.#heldReturn = false;
    return this.#drain(true);
  }

  /** A CR at the end waits: the LF of its pair may come with the next piece. */
  #unifyNewlines(text: string): string {
    const whole = this.#heldReturn ? `\r${text}` : text;
    this.#heldReturn = whole.endsWith('\r');
    return (this.#heldReturn ? whole.slice(0, -1) : whole).replace(/\r\n?/g, '\n');
  }

  #drain(isLast: boolean): CsvRecord[] {
    this.#parser ??= this.#start(isLast);
    const { data, errors, meta } = this.#parser.parse(this.#pending, 0, !isLast) as Papa.ParseResult<
      string[]
    >;
    if (isLast && errors.some(({ code }) => code === 'MissingQuotes')) {
      const row = this.#row + data.length;
      throw csvError(
        'csv_open_quote',
        `The file ends inside the quotes that open in row ${row}: close them.`,
      );
    }
    const malformed = new Set(errors.map(({ row }) => row));
    const records: CsvRecord[] = [];
    data.forEach((cells, i) => {
      if (isBlank(cells) && this.#row === 0) return;
      this.#row += 1;
      if (isBlank(cells)) return;
      records.push(boundRecord({ row: this.#row, cells, malformed: malformed.has(i) }));
    });
    this.#pending = isLast ? '' : this.#pending.slice(meta.cursor);
    if (this.#pending.length > MAX_RECORD_CHARS) throw tooLong(this.#row + 1);
    return records;
  }

  #start(isLast: boolean): Papa.Parser {
    const separator = /^"?sep=([^"\n])"?(\n|$)/i.exec(this.#pending);
    this.#hasSeparatorLine = separator !== null;
    if (separator) this.#pending = this.#pending.slice(separator[0].length);
    this.#delimiter ??= separator?.[1] ?? detectDelimiter(this.#pending, isLast);
    return new Papa.Parser({ delimiter: this.#delimiter, newline: '\n' });
  }
}

/** Hands on a record that may stand in a campaign (browser-safe). Throws AppError for one that no list has. */
export function boundRecord(record: CsvRecord): CsvRecord {
  const { row, cells, malformed } = record;
  if (cells.length > MAX_COLUMNS) {
    throw csvError(
      'csv_too_many_columns',
      `Row ${row} has ${cells.length} columns, at most ${MAX_COLUMNS} are read: check that this is the right file.`,
    );
  }
  if (cells.reduce((sum, cell) => sum + cell.length, 0) > MAX_RECORD_CHARS) throw tooLong(row);
  // A stray quote that swallowed a line end has swallowed other people's rows.
  if (malformed && (row === 1 || cells.some((cell) => cell.includes('\n')))) {
    throw csvError(
      'csv_malformed_quotes',
      `A quote in row ${row} is neither closed nor doubled, so the rows after it cannot be told apart.`,
    );
  }
  return record;
}

/** The delimiter that splits the first rows most evenly; a comma when none splits them. */
export function detectDelimiter(sample: string, isWhole: boolean): string {
  const lastLineEnd = sample.lastIndexOf('\n');
  const text = isWhole || lastLineEnd === -1 ? sample : sample.slice(0, lastLineEnd);
  const { meta } = Papa.parse(text.slice(0, MAX_RECORD_CHARS), {
    delimitersToGuess: DELIMITERS,
    skipEmptyLines: 'greedy',
    newline: '\n',
    preview: 1,
  });
  return meta.delimiter;
}

function isBlank(cells: string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

function tooLong(row: number): AppError {
  return csvError(
    'csv_row_too_long',
    `Row ${row} is longer than a million characters: a quote may have been left open, or this is not a CSV file.`,
  );
}

function csvError(code: string, message: string): AppError {
  return new AppError('invalid', code, message, { issues: [{ path: 'file', message }] });
}
