import type { CsvRecord } from '@/lib/recipients/csv';
import { ReadFailure } from './failure';
import { detectKind, MAX_TEXT_BYTES } from './file-kind';
import { readHeader } from './header';
import { readPastedText, readTextFile, type TextFacts } from './read-text';
import { readWorkbook } from './read-workbook';
import { RowStore } from './row-store';
import type { AudienceFile, CellEdit, Delimiter, Encoding } from './types';

export interface ReadRequest {
  source: File | { name: string; text: string };
  options: { encoding?: Encoding; delimiter?: Delimiter; edits?: readonly CellEdit[] };
}

export interface ReadList {
  file: AudienceFile;
  rows: RowStore;
}

const SAMPLE_ROWS = 20;
const DELIMITERS: readonly string[] = [',', ';', '\t', '|'] satisfies Delimiter[];

/** Reads a list, and makes the edits made earlier. Throws ReadFailure or AppError; `progress` is 0–1. */
export async function readList(
  { source, options }: ReadRequest,
  progress: (done: number) => void,
): Promise<ReadList> {
  const collector = new Collector();
  const take = (records: readonly CsvRecord[]) => collector.take(records);
  if (source instanceof File) {
    const kind = await detectKind(source);
    if (kind === 'xlsx') {
      const { records, notices } = await readWorkbook(source);
      take(records);
      return collector.finish({ name: source.name, bytes: source.size, kind }, options.edits, notices);
    }
    const facts = await readTextFile(source, options, take, progress);
    return collector.finish(
      { name: source.name, bytes: source.size, kind, ...readAs(facts) },
      options.edits,
      noticesOf(facts),
    );
  }
  const bytes = new Blob([source.text]).size;
  if (bytes > MAX_TEXT_BYTES) {
    throw new ReadFailure('That is too much to paste', 'Save it as a CSV file and choose that.');
  }
  const facts = readPastedText(source.text, options, take);
  return collector.finish(
    { name: source.name, bytes, kind: 'pasted', ...readAs(facts) },
    options.edits,
    noticesOf(facts),
  );
}

type Origin = Pick<AudienceFile, 'name' | 'bytes' | 'kind'> &
  Partial<Pick<AudienceFile, 'encoding' | 'delimiter'>>;

/** The first record is the header, the others are rows under it. */
class Collector {
  #columns: string[] | undefined;
  #notices: string[] = [];
  #rows = new RowStore(0);

  take(records: readonly CsvRecord[]): void {
    for (const record of records) {
      if (this.#columns) {
        this.#rows.add(record);
        continue;
      }
      const { columns, notices } = readHeader(record.cells);
      this.#columns = columns;
      this.#notices = notices;
      this.#rows = new RowStore(columns.length);
    }
  }

  finish(origin: Origin, edits: readonly CellEdit[] = [], notices: readonly string[]): ReadList {
    const isPasted = origin.kind === 'pasted';
    if (!this.#columns) {
      throw isPasted
        ? new ReadFailure(
            'There is nothing to read',
            'Copy the rows with their column names, then paste them here.',
          )
        : new ReadFailure('The file is empty', 'It has only blank lines: choose another file.');
    }
    if (this.#rows.count === 0) {
      throw new ReadFailure(
        'There are no recipients',
        'There is only one row, and it is taken for the column names: put the recipients below it, one a row.',
      );
    }
    for (const edit of edits) this.#rows.edit(edit);
    const rows = this.#rows;
    const sample = Array.from({ length: Math.min(SAMPLE_ROWS, rows.count) }, (_, i) => rows.cells(i));
    const file: AudienceFile = {
      encoding: null,
      delimiter: null,
      ...origin,
      columns: this.#columns,
      rowCount: rows.count,
      sample,
      notices: [...notices, ...this.#notices],
    };
    return { file, rows };
  }
}

function readAs({ encoding, delimiter }: TextFacts): Pick<AudienceFile, 'encoding' | 'delimiter'> {
  const known = delimiter !== undefined && DELIMITERS.includes(delimiter);
  return { encoding, delimiter: known ? (delimiter as Delimiter) : null };
}

function noticesOf({ hasSeparatorLine }: TextFacts): string[] {
  return hasSeparatorLine ? ['The “sep=” line at the top, a note for Excel, is left out.'] : [];
}
