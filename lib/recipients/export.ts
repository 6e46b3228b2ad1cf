import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { rejectedRows } from '@/db/schema/campaigns';
import { recipients } from '@/db/schema/recipients';
import type { WorkspaceId } from '@/lib/tenant';
import { BYTE_ORDER_MARK, formatCsv } from './csv-cells';
import { getImportedColumns, matchesFilter, ofCampaign, type RecipientFilter } from './queries';

/** Rows fetched, formatted and handed on at a time: some hundred kilobytes, whatever the campaign's size. */
const BATCH_ROWS = 1_000;

export interface CsvExport {
  /** Without a path, ASCII. */
  filename: string;
  /** UTF-8 with a byte order mark. Reads on only as fast as it is taken; holds no transaction meanwhile. */
  chunks: AsyncGenerator<Uint8Array>;
}

export interface ExportKey {
  workspaceId: WorkspaceId;
  campaignId: string;
}

/** The original columns, then status, error_code, error_message; in upload order. Throws 404. */
export async function exportRecipients(
  { status, errorCode, search, ...key }: ExportKey & RecipientFilter,
  db: Db = database().db,
): Promise<CsvExport> {
  const { name, columns } = await getImportedColumns(key, db);
  const header = [...columns, 'status', 'error_code', 'error_message'];
  const rows = readRecipients(key, { status, errorCode, search }, db);
  const code = errorCode == null ? '' : `-${errorCode}`;
  const what = `${status ?? (errorCode === undefined ? 'recipients' : 'failed')}${code}`;
  return { filename: filenameOf(name, what), chunks: csvChunks(header, rows) };
}

/** The rows left out of the import, as they were, and why. Throws 404. */
export async function exportRejectedRows(key: ExportKey, db: Db = database().db): Promise<CsvExport> {
  const { name, columns } = await getImportedColumns(key, db);
  const ofKey = and(
    eq(rejectedRows.workspaceId, key.workspaceId),
    eq(rejectedRows.campaignId, key.campaignId),
  );
  const [widest] = await db
    .select({ cells: sql<number>`coalesce(max(jsonb_array_length(${rejectedRows.cells})), 0)::int` })
    .from(rejectedRows)
    .where(ofKey);
  // A row with more cells than the header keeps them all, and the reason stays in its own column.
  const width = Math.max(columns.length, widest?.cells ?? 0);
  const extra = Array.from({ length: width - columns.length }, (_, i) => `Column ${columns.length + i + 1}`);
  const rows = readRejectedRows(key, width, db);
  return {
    filename: filenameOf(name, 'rejected'),
    chunks: csvChunks([...columns, ...extra, 'reason'], rows),
  };
}

async function* readRecipients(key: ExportKey, filter: RecipientFilter, db: Db): AsyncGenerator<string[][]> {
  let after: string | undefined;
  for (;;) {
    const rows = await db
      .select({
        id: recipients.id,
        cells: recipients.cells,
        status: recipients.status,
        errorCode: recipients.errorCode,
        errorMessage: recipients.errorMessage,
      })
      .from(recipients)
      .where(and(ofCampaign(key), matchesFilter(filter), after ? gt(recipients.id, after) : undefined))
      .orderBy(asc(recipients.id))
      .limit(BATCH_ROWS);
    yield rows.map((row) => [
      ...row.cells,
      row.status,
      row.errorCode === null ? '' : String(row.errorCode),
      row.errorMessage ?? '',
    ]);
    after = rows.at(-1)?.id;
    if (rows.length < BATCH_ROWS) return;
  }
}

async function* readRejectedRows(key: ExportKey, width: number, db: Db): AsyncGenerator<string[][]> {
  let after = 0;
  for (;;) {
    const rows = await db
      .select({ row: rejectedRows.rowNumber, cells: rejectedRows.cells, reason: rejectedRows.reason })
      .from(rejectedRows)
      .where(
        and(
          eq(rejectedRows.workspaceId, key.workspaceId),
          eq(rejectedRows.campaignId, key.campaignId),
          gt(rejectedRows.rowNumber, after),
        ),
      )
      .orderBy(asc(rejectedRows.rowNumber))
      .limit(BATCH_ROWS);
    yield rows.map(({ cells, reason }) => [
      ...cells,
      ...Array.from({ length: width - cells.length }, () => ''),
      reason,
    ]);
    after = rows.at(-1)?.row ?? after;
    if (rows.length < BATCH_ROWS) return;
  }
}

/** Rows as a CSV that spreadsheets read right, batch by batch. */
export async function* csvChunks(
  header: string[],
  batches: AsyncGenerator<string[][]>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(BYTE_ORDER_MARK + formatCsv([header]));
  for await (const rows of batches) if (rows.length > 0) yield encoder.encode(formatCsv(rows));
}

/** `Black-Friday-failed.csv`. */
export function filenameOf(campaign: string, what: string): string {
  const slug = campaign
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${slug || 'campaign'}-${what}.csv`;
}
