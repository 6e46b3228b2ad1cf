import { sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { recordAudit } from '@/lib/audit/record';
import { AppError, type Issue } from '@/lib/errors';
import type { CsvRecord } from '@/lib/recipients/csv';
import { nameColumns, unescapeCell } from '@/lib/recipients/csv-cells';
import { csvChunks, type CsvExport } from '@/lib/recipients/export';
import type { Actor, WorkspaceId } from '@/lib/tenant';
import { listRates, MAX_RATES, requireRoom } from './rates';
import { rateBodySchema, type ImportedRates, type RateBody } from './schema';

const COLUMNS = ['country', 'category', 'amount', 'currency', 'valid_from'] as const;
const MAX_ISSUES = 100;

/** The rates as CSV; it can be imported again. */
export function exportRates(workspaceId: WorkspaceId, db: Db = database().db): CsvExport {
  return { filename: 'rates.csv', chunks: csvChunks([...COLUMNS], readRows(workspaceId, db)) };
}

async function* readRows(workspaceId: WorkspaceId, db: Db): AsyncGenerator<string[][]> {
  yield (await listRates(workspaceId, db)).map((rate) => COLUMNS.map((column) => rate[column]));
}

/**
 * Takes the rates of a file, all of them or none: one that is there for the same country, category and day is
 * replaced, others stay. Throws 422 naming each wrong row (the first hundred), 409 when the card would be too full.
 */
export async function importRates(
  actor: Actor,
  { records, fileName }: { records: AsyncIterable<readonly CsvRecord[]>; fileName: string },
  db: Db = database().db,
): Promise<ImportedRates> {
  const rates = await readRates(records);
  return db.transaction(async (tx) => {
    await requireRoom(actor.workspaceId, 0, tx);
    const counts = await storeRates(actor, rates, tx);
    // Counted after the fact: what was replaced took no room.
    await requireRoom(actor.workspaceId, 0, tx);
    const subject = fileName || 'a file';
    await recordAudit([{ ...actor, kind: 'rates_imported', subject, detail: { ...counts } }], tx);
    return { success: true, rows: rates.length, ...counts };
  });
}

async function storeRates(
  { workspaceId, userId }: Actor,
  rates: readonly RateBody[],
  tx: Db,
): Promise<{ added: number; changed: number; unchanged: number }> {
  // A row that says what was said already is not written: RETURNING leaves it out.
  const rows = await tx.execute<{ added: boolean }>(sql`
    INSERT INTO message_rates AS r (workspace_id, user_id, country, category, currency, amount, valid_from)
    SELECT ${workspaceId}::uuid, ${userId}::uuid, country, category, currency, amount, valid_from
    FROM json_to_recordset(${JSON.stringify(rates)}::text::json)
      AS g (country text, category text, currency text, amount numeric, valid_from date)
    ON CONFLICT (workspace_id, country, category, valid_from) DO UPDATE SET
      currency = excluded.currency, amount = excluded.amount, user_id = excluded.user_id, updated_at = now()
    WHERE (r.currency, r.amount) IS DISTINCT FROM (excluded.currency, excluded.amount)
    RETURNING xmax = 0 AS added`);
  const added = rows.filter((row) => row.added).length;
  return { added, changed: rows.length - added, unchanged: rates.length - rows.length };
}

async function readRates(records: AsyncIterable<readonly CsvRecord[]>): Promise<RateBody[]> {
  const rates: RateBody[] = [];
  const issues: Issue[] = [];
  const rowOf = new Map<string, number>();
  let indexes: number[] | undefined;
  let wrong = 0;
  for await (const batch of records) {
    for (const record of batch) {
      if (!indexes) {
        indexes = columnsOf(record.cells);
        continue;
      }
      if (record.cells.every((cell) => cell.trim() === '')) continue;
      if (rates.length + wrong >= MAX_RATES) throw tooManyRows();
      const read = readRow(record, indexes, rowOf);
      if (read.ok) rates.push(read.rate);
      else {
        wrong += 1;
        if (issues.length < MAX_ISSUES)
          issues.push({ path: `rows[${record.row}]`, message: `Row ${record.row}: ${read.words}` });
      }
    }
  }
  if (wrong > 0) {
    const message = `${wrong} of ${rates.length + wrong} rows are wrong, so nothing was stored; see issues for the first ${MAX_ISSUES}.`;
    throw new AppError('invalid', 'rates_invalid', message, { issues });
  }
  if (rates.length === 0) throw noRows();
  return rates;
}

function readRow(
  { row, cells, malformed }: CsvRecord,
  indexes: readonly number[],
  rowOf: Map<string, number>,
): { ok: true; rate: RateBody } | { ok: false; words: string } {
  if (malformed) return { ok: false, words: 'A quote in this row is neither closed nor doubled.' };
  const values = COLUMNS.map((column, i) => [column, unescapeCell(cells[indexes[i] ?? -1] ?? '').trim()]);
  const fields = Object.fromEntries(values) as Record<(typeof COLUMNS)[number], string>;
  const category = fields.category.toLowerCase().replace(/[\s-]+/g, '_');
  const parsed = rateBodySchema.safeParse({ ...fields, category });
  if (!parsed.success) {
    const words = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    return { ok: false, words: words.join(' ') };
  }
  const { country, valid_from: from } = parsed.data;
  const key = [country, parsed.data.category, from].join(' ');
  const earlier = rowOf.get(key);
  if (earlier !== undefined)
    return { ok: false, words: `Row ${earlier} has a rate for the same country, category and day.` };
  rowOf.set(key, row);
  return { ok: true, rate: parsed.data };
}

function columnsOf(header: readonly string[]): number[] {
  const names = nameColumns(header).map((name) => name.toLowerCase().replace(/[\s-]+/g, '_'));
  const indexes = COLUMNS.map((column) => names.indexOf(column));
  const missing = COLUMNS.filter((_, i) => indexes[i] === -1);
  if (missing.length === 0) return indexes;
  const message = `The file has no column ${missing.join(', ')}: its first row must name ${COLUMNS.join(', ')}.`;
  throw new AppError('invalid', 'rates_invalid', message, { issues: [{ path: 'file', message }] });
}

function tooManyRows(): AppError {
  const message = `A file of rates has at most ${MAX_RATES} rows.`;
  return new AppError('invalid', 'rates_invalid', message, { issues: [{ path: 'file', message }] });
}

function noRows(): AppError {
  const message = 'The file has no rows below its header: add the rates and upload it again.';
  return new AppError('invalid', 'rates_invalid', message, { issues: [{ path: 'file', message }] });
}
