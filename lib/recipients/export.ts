import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { rejectedRows } from '@/db/schema/campaigns';
import { recipientResponses, recipients } from '@/db/schema/recipients';
import type { WorkspaceId } from '@/lib/tenant';
import { keyOfVariant } from '@/lib/variants/keys';
import { BYTE_ORDER_MARK, formatCsv } from './csv-cells';
import { getImportedColumns, matchesFilter, ofCampaign, ofRecipient, type RecipientFilter } from './queries';

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

/** The original columns, then what became of it and what they did after it; in upload order. Throws 404. */
export async function exportRecipients(
  { status, errorCode, response, search, variant, ...key }: ExportKey & RecipientFilter,
  db: Db = database().db,
): Promise<CsvExport> {
  const { name, columns, trackClicks, variants } = await getImportedColumns(key, db);
  const header = [...columns, 'status', 'error_code', 'error_message', 'replied_at', 'opted_out_at', 'reply'];
  if (trackClicks) header.push('clicks', 'first_clicked_at');
  if (variants) header.push('variant');
  const filter = { status, errorCode, response, search, variant };
  const rows = readRecipients(key, { filter, trackClicks, hasVariants: variants !== null }, db);
  const code = errorCode == null ? '' : `-${errorCode}`;
  const what = `${response ?? status ?? (errorCode === undefined ? 'recipients' : 'failed')}${code}`;
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

/** What one person wrote back, a line a message: the first of them, and no more than a spreadsheet's cell takes. */
const REPLIES = 20;
const CELL = 32_000;
export const replyText = sql<string | null>`CASE WHEN ${recipientResponses.repliedAt} IS NOT NULL THEN (
  SELECT left(string_agg(coalesce(i.body, '(' || i.kind || ')'), E'\\n' ORDER BY i.received_at), ${CELL}::int) FROM (
    SELECT i.body, i.kind, i.received_at FROM inbound_messages i
    WHERE i.workspace_id = ${recipients.workspaceId} AND i.campaign_id = ${recipients.campaignId}
      AND i.recipient_id = ${recipients.id} ORDER BY i.received_at LIMIT ${REPLIES}::int) i) END`;

interface WhatToRead {
  filter: RecipientFilter;
  trackClicks: boolean;
  hasVariants: boolean;
}

async function* readRecipients(
  key: ExportKey,
  { filter, trackClicks, hasVariants }: WhatToRead,
  db: Db,
): AsyncGenerator<string[][]> {
  let after: string | undefined;
  for (;;) {
    const rows = await db
      .select({
        id: recipients.id,
        cells: recipients.cells,
        status: recipients.status,
        errorCode: recipients.errorCode,
        errorMessage: recipients.errorMessage,
        variant: recipients.variant,
        response: recipientResponses,
        reply: replyText,
      })
      .from(recipients)
      .leftJoin(recipientResponses, ofRecipient)
      .where(and(ofCampaign(key), matchesFilter(filter, key), after ? gt(recipients.id, after) : undefined))
      .orderBy(asc(recipients.id))
      .limit(BATCH_ROWS);
    yield rows.map((row) => [
      ...row.cells,
      row.status,
      row.errorCode === null ? '' : String(row.errorCode),
      row.errorMessage ?? '',
      row.response?.repliedAt?.toISOString() ?? '',
      row.response?.optedOutAt?.toISOString() ?? '',
      row.reply ?? '',
      ...(trackClicks
        ? [String(row.response?.clicks ?? 0), row.response?.clickedAt?.toISOString() ?? '']
        : []),
      ...(hasVariants ? [keyOfVariant(row.variant) ?? ''] : []),
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
