import { database, type Db } from '@/db/client';
import { recordAudit } from '@/lib/audit/record';
import { AppError, type Issue } from '@/lib/errors';
import {
  openImport,
  stageNumbers,
  storeStagedNumbers,
  type ImportedNumber,
} from '@/lib/opt-outs/import-batch';
import { optOutFileColumns, type OptOutColumns } from '@/lib/opt-outs/columns';
import { isE164, TOO_SHORT, type ImportedOptOuts } from '@/lib/opt-outs/schema';
import type { CsvRecord } from '@/lib/recipients/csv';
import { nameColumns, unescapeCell } from '@/lib/recipients/csv-cells';
import { normalizePhone } from '@/lib/recipients/phone';
import type { Actor } from '@/lib/tenant';
import { readCsvFile } from './csv-file';
import { parseImportFields, type OptOutImportFields } from './opt-out-fields';
import type { Upload } from './upload';

const BATCH_ROWS = 5_000;
const MAX_ISSUES = 100;
const MAX_REASON_CHARS = 500;

/**
 * Puts a CSV's numbers on the do-not-contact list, all in one transaction, with one line in the audit; what is no
 * number is named and left out. Memory is bounded by a batch. Throws 422 when no row holds a number.
 */
export async function importOptOuts(
  actor: Actor,
  upload: Pick<Upload, 'fields' | 'file' | 'fileName' | 'encoding'>,
  db: Db = database().db,
): Promise<ImportedOptOuts> {
  const fields = parseImportFields(upload.fields);
  const fileName = upload.fileName || 'a file';
  return db.transaction(async (tx) => {
    await openImport(tx);
    const rows = new OptOutRows(fields, `Imported from ${fileName}.`, tx);
    for await (const records of readCsvFile(upload.file, upload.encoding)) await rows.add(records);
    await rows.flush();
    const { issues, ...tally } = rows.tally();
    if (tally.rows === tally.invalid) throw nothingToAdd(tally.rows, issues);
    const added = await storeStagedNumbers(actor, tx);
    const counts = { ...tally, added, already: tally.rows - tally.invalid - tally.duplicates - added };
    const { workspaceId, userId } = actor;
    const detail = { source: 'import', ...counts, ...(fields.reason && { reason: fields.reason }) };
    await recordAudit([{ workspaceId, userId, kind: 'opt_out_added', subject: fileName, detail }], tx);
    return { success: true, ...counts, issues };
  });
}

/** The rows of one file on their way to the list. */
class OptOutRows {
  #columns: OptOutColumns | undefined;
  #batch: ImportedNumber[] = [];
  #rows = 0;
  #invalid = 0;
  #duplicates = 0;
  readonly #issues: Issue[] = [];

  constructor(
    private readonly fields: OptOutImportFields,
    private readonly defaultReason: string,
    private readonly tx: Db,
  ) {}

  async add(records: readonly CsvRecord[]): Promise<void> {
    for (const record of records) {
      if (this.#columns) this.#read(record, this.#columns);
      else this.#columns = optOutFileColumns(nameColumns(record.cells), this.fields.mapping);
      if (this.#batch.length >= BATCH_ROWS) await this.flush();
    }
  }

  async flush(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    this.#duplicates += batch.length - (await stageNumbers(batch, this.tx));
  }

  tally() {
    return {
      rows: this.#rows,
      duplicates: this.#duplicates,
      invalid: this.#invalid,
      issues: this.#issues,
    };
  }

  #read({ row, cells, malformed }: CsvRecord, columns: OptOutColumns): void {
    this.#rows += 1;
    const cell = (index: number | undefined) => unescapeCell(cells[index ?? -1] ?? '');
    if (malformed) return this.#reject(row, 'A quote in this row is neither closed nor doubled.');
    const read = normalizePhone({
      phoneNumber: cell(columns.phoneNumber),
      countryCode: cell(columns.countryCode),
      defaultCountry: this.fields.default_country,
    });
    if (!read.ok) return this.#reject(row, read.reason);
    if (!isE164(read.phone)) return this.#reject(row, TOO_SHORT);
    const reason = cell(columns.reason).trim().slice(0, MAX_REASON_CHARS);
    this.#batch.push({
      phone: read.phone,
      reason: reason.length > 0 ? reason : (this.fields.reason ?? this.defaultReason),
    });
  }

  #reject(row: number, message: string): void {
    this.#invalid += 1;
    if (this.#issues.length < MAX_ISSUES)
      this.#issues.push({ path: `rows[${row}]`, message: `Row ${row}: ${message}` });
  }
}

function nothingToAdd(rows: number, issues: Issue[]): AppError {
  const message =
    rows === 0
      ? 'The file has no rows below its header: add the numbers and upload it again.'
      : `None of the ${rows} rows holds a phone number; see issues for the first ${MAX_ISSUES}.`;
  return new AppError('invalid', 'no_valid_rows', message, {
    issues: issues.length > 0 ? issues : [{ path: 'file', message }],
  });
}
