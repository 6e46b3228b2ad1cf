import type { CountryCode } from 'libphonenumber-js/min';
import type { Db } from '@/db/client';
import type { Issue } from '@/lib/errors';
import { unescapeCell } from '@/lib/recipients/csv-cells';
import type { CsvRecord } from '@/lib/recipients/csv';
import {
  importRecipients,
  LEFT_OUT_REASON,
  noteRejectedRows,
  type ImportRow,
  type RejectedRow,
} from '@/lib/recipients/import';
import type { ColumnMap } from '@/lib/recipients/mapping';
import { paramsOf, valueOf } from '@/lib/recipients/params';
import { checkRecipient } from '@/lib/recipients/validate';
import type { Draft, ImportTally } from './campaign-draft';

const BATCH_ROWS = 5_000;
const MAX_ISSUES = 100;

export interface CsvImportOptions {
  draft: Draft;
  columns: readonly string[];
  map: ColumnMap;
  defaultCountry: CountryCode | undefined;
}

/** Takes the records after the header, stores the good ones in batches, notes the others with their reason. */
export class CsvImport {
  readonly tally: ImportTally = { rows: 0, imported: 0, invalid: 0, duplicates: 0, suppressed: 0 };
  /** Of the first hundred rows left out, for the case that none is left. */
  readonly issues: Issue[] = [];
  #valid: ImportRow[] = [];
  #invalid: RejectedRow[] = [];

  constructor(
    private readonly options: CsvImportOptions,
    private readonly tx: Db,
  ) {}

  async add(records: readonly CsvRecord[]): Promise<void> {
    for (const record of records) {
      this.tally.rows += 1;
      this.#check(record);
      if (this.#valid.length + this.#invalid.length >= BATCH_ROWS) await this.flush();
    }
  }

  async flush(): Promise<void> {
    const { workspaceId, id: campaignId } = this.options.draft;
    const [valid, invalid] = [this.#valid, this.#invalid];
    this.#valid = [];
    this.#invalid = [];
    await noteRejectedRows({ workspaceId, campaignId, rows: invalid }, this.tx);
    const leftOut = await importRecipients(
      { workspaceId, campaignId, rows: valid, leaveOutSuppressed: true },
      this.tx,
    );
    for (const { row, code } of leftOut) {
      if (code === 'duplicate') this.tally.duplicates += 1;
      else this.tally.suppressed += 1;
      this.#tell(row, LEFT_OUT_REASON[code]);
    }
    this.tally.imported += valid.length - leftOut.length;
  }

  #check({ row, cells: rawCells, malformed }: CsvRecord): void {
    const { columns, map, draft, defaultCountry } = this.options;
    const cells = fit(rawCells.map(unescapeCell), columns.length);
    if (malformed) {
      return this.#reject(row, cells, 'A quote in this row is neither closed nor doubled.');
    }
    if (cells.length > columns.length) {
      return this.#reject(
        row,
        cells,
        `This row has ${cells.length} columns, the header has ${columns.length}: put values with a delimiter in them in quotes.`,
      );
    }
    const checked = checkRecipient(
      {
        phoneNumber: cells[map.phoneNumber] ?? '',
        countryCode: valueOf(cells, map.countryCode),
        params: paramsOf(cells, map.parameters),
      },
      { parameters: draft.template.parameters, defaultCountry },
    );
    if (checked.ok) {
      this.#valid.push({ row, cells, phone: checked.phone, callingCode: checked.callingCode });
    } else {
      const reasons = checked.problems.map(({ key, message }) => `${this.#columnOf(key)}: ${message}`);
      this.#reject(row, cells, reasons.join(' '));
    }
  }

  #columnOf(key: string): string {
    const { columns, map } = this.options;
    const index =
      key === 'phone_number'
        ? map.phoneNumber
        : key === 'country_code'
          ? map.countryCode.column
          : map.parameters[key]?.column;
    return columns[index ?? -1] ?? key;
  }

  #reject(row: number, cells: readonly string[], reason: string): void {
    this.tally.invalid += 1;
    this.#invalid.push({ row, cells, reason });
    this.#tell(row, reason);
  }

  #tell(row: number, message: string): void {
    if (this.issues.length < MAX_ISSUES)
      this.issues.push({ path: `rows[${row}]`, message: `Row ${row}: ${message}` });
  }
}

/** Spreadsheets leave out empty cells at the end of a row, or add some. */
function fit(cells: string[], length: number): string[] {
  while (cells.length < length) cells.push('');
  while (cells.length > length && cells.at(-1)?.trim() === '') cells.pop();
  return cells;
}
