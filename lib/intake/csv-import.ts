import type { CountryCode } from 'libphonenumber-js/min';
import type { Db } from '@/db/client';
import { AppError, type Issue } from '@/lib/errors';
import type { CsvRecord } from '@/lib/recipients/csv';
import {
  importRecipients,
  LEFT_OUT_REASON,
  noteRejectedRows,
  type ImportRow,
  type RejectedRow,
} from '@/lib/recipients/import';
import type { ColumnMap } from '@/lib/recipients/mapping';
import { cellsOf, columnOf, fitCells, judgeRecord, type RecordRules } from '@/lib/recipients/record';
import type { CheckedRecipient } from '@/lib/recipients/validate';
import { keyOfVariant } from '@/lib/variants/keys';
import type { Draft, ImportTally } from './campaign-draft';

const BATCH_ROWS = 2_000;
const MAX_ISSUES = 100;

export interface CsvImportOptions {
  draft: Draft;
  columns: readonly string[];
  map: ColumnMap;
  /** Of the messages after the first, in their order: a row must be right for all of them. */
  otherMaps?: readonly ColumnMap[];
  defaultCountry: CountryCode | undefined;
}

/** Takes the records after the header, stores the good ones in batches, notes the others with their reason. */
export class CsvImport {
  readonly tally: ImportTally = { rows: 0, imported: 0, invalid: 0, duplicates: 0, suppressed: 0 };
  /** Of the first hundred rows left out, for the case that none is left. */
  readonly issues: Issue[] = [];
  readonly #rules: RecordRules;
  readonly #otherRules: readonly RecordRules[];
  readonly #variantOf: ((phone: string) => number | null) | undefined;
  #valid: ImportRow[] = [];
  #invalid: RejectedRow[] = [];
  #writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: CsvImportOptions,
    private readonly tx: Db,
  ) {
    const { columns, map, draft, defaultCountry } = options;
    this.#rules = { columns, map, parameters: draft.template.parameters, defaultCountry };
    const others = draft.test?.messages.slice(1) ?? [];
    this.#otherRules = (options.otherMaps ?? []).map((otherMap, i) => {
      const parameters = others[i]?.template.parameters ?? [];
      return { columns, map: otherMap, parameters, defaultCountry };
    });
    this.#variantOf = draft.test?.variantOf;
  }

  async add(records: readonly CsvRecord[]): Promise<void> {
    for (const { row, cells: raw, malformed } of records) {
      this.#check({ row, cells: cellsOf(raw, this.#rules.columns.length), malformed });
      if (this.#isFull()) await this.#handOver();
    }
  }

  /** The same for rows that were stored once: their cells have no escapes to take off. */
  async addStored(rows: readonly Pick<CsvRecord, 'row' | 'cells'>[]): Promise<void> {
    for (const { row, cells } of rows) {
      this.#check({ row, cells: fitCells([...cells], this.#rules.columns.length), malformed: false });
      if (this.#isFull()) await this.#handOver();
    }
    // Whoever reads these rows in the same transaction is told what failed here, not what follows from it.
    await this.#writing;
  }

  /** Resolves when all of it is written. */
  async flush(): Promise<void> {
    await this.#handOver();
    await this.#writing;
  }

  /** Asked row by row: nothing is awaited for a row that only joins its batch. */
  #isFull(): boolean {
    return this.#valid.length + this.#invalid.length >= BATCH_ROWS;
  }

  /** A batch is written while the next one is read and checked; the one before it must be in. */
  async #handOver(): Promise<void> {
    await this.#writing;
    const [valid, invalid] = [this.#valid, this.#invalid];
    this.#valid = [];
    this.#invalid = [];
    this.#writing = this.#write(valid, invalid);
    // Whoever waits for it next is told; reading may fail before that.
    this.#writing.catch(() => undefined);
  }

  async #write(valid: readonly ImportRow[], invalid: readonly RejectedRow[]): Promise<void> {
    const { workspaceId, id: campaignId } = this.options.draft;
    await noteRejectedRows({ workspaceId, campaignId, rows: invalid }, this.tx);
    const leftOut = await importRecipients(
      { workspaceId, campaignId, rows: valid, leaveOutSuppressed: true, variantOf: this.#variantOf },
      this.tx,
    );
    for (const { row, code } of leftOut) {
      if (code === 'duplicate') this.tally.duplicates += 1;
      else this.tally.suppressed += 1;
      this.#tell(row, LEFT_OUT_REASON[code]);
    }
    this.tally.imported += valid.length - leftOut.length;
  }

  #check({ row, cells, malformed }: CsvRecord): void {
    this.tally.rows += 1;
    const checked = judgeRecord({ cells, malformed }, this.#rules);
    if (checked.ok) {
      const refused = this.#refusedByOthers(cells);
      if (refused) return this.#reject(row, cells, refused);
      this.#valid.push({
        row,
        cells,
        phone: checked.phone,
        callingCode: checked.callingCode,
        country: checked.country,
      });
      return;
    }
    this.#reject(row, cells, reasonsOf(checked, this.#rules));
  }

  /** Why another message than the first cannot be sent to this row; null: all can. */
  #refusedByOthers(cells: readonly string[]): string | null {
    for (const [i, rules] of this.#otherRules.entries()) {
      const checked = judgeRecord({ cells, malformed: false }, rules);
      if (!checked.ok) return `Message ${keyOfVariant(i + 2)}: ${reasonsOf(checked, rules)}`;
    }
    return null;
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

function reasonsOf({ problems }: Extract<CheckedRecipient, { ok: false }>, rules: RecordRules): string {
  return problems
    .map(({ key, message }) => (key === '' ? message : `${columnOf(key, rules)}: ${message}`))
    .join(' ');
}

/** Why an import that leaves nobody is refused. */
export function nobodyLeft({ tally, issues }: Pick<CsvImport, 'tally' | 'issues'>): AppError {
  return nothingToStore(
    `None of the ${tally.rows} rows can be sent to: ${tally.invalid} are wrong, ${tally.suppressed} are on the do-not-contact list; see issues for the first 100.`,
    issues,
  );
}

export function nothingToStore(message: string, issues: Issue[]): AppError {
  return new AppError('invalid', 'no_valid_rows', message, {
    issues: issues.length > 0 ? issues : [{ path: 'file', message }],
  });
}
