import { and, asc, gt } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { recipientResponses, recipients } from '@/db/schema/recipients';
import { parsePriced } from '@/lib/costs/pricing';
import { keyOfVariant } from '@/lib/variants/keys';
import { csvChunks, filenameOf, replyText, type CsvExport, type ExportKey } from './export';
import { getImportedColumns, ofCampaign, ofRecipient, toRecipient } from './queries';

const BATCH_ROWS = 1_000;

const COLUMNS = [
  'to',
  'country',
  'status',
  'message_id',
  'attempts',
  'error_code',
  'error_message',
  'accepted_at',
  'sent_at',
  'delivered_at',
  'read_at',
  'failed_at',
  'cost_category',
  'cost_type',
  'billed_messages',
  'free_messages',
  'replied_at',
  'opted_out_at',
  'reply',
  'clicks',
  'first_clicked_at',
];

interface Row {
  recipient: typeof recipients.$inferSelect;
  response: typeof recipientResponses.$inferSelect | null;
  reply: string | null;
}

/** Every recipient with its row of the upload and everything that became of it; in upload order. Throws 404. */
export async function exportResults(key: ExportKey, db: Db = database().db): Promise<CsvExport> {
  const { name, columns, variants } = await getImportedColumns(key, db);
  return {
    filename: filenameOf(name, 'results'),
    chunks: csvChunks(
      [...columns, ...COLUMNS, ...(variants ? ['variant'] : [])],
      readRows(key, variants !== null, db),
    ),
  };
}

/** A batch after the other, each found by the last one's id: no transaction stays open while a client reads slowly. */
async function* readRows(key: ExportKey, hasVariants: boolean, db: Db): AsyncGenerator<string[][]> {
  let after: string | undefined;
  for (;;) {
    const rows = await db
      .select({ recipient: recipients, response: recipientResponses, reply: replyText })
      .from(recipients)
      .leftJoin(recipientResponses, ofRecipient)
      .where(and(ofCampaign(key), after ? gt(recipients.id, after) : undefined))
      .orderBy(asc(recipients.id))
      .limit(BATCH_ROWS);
    yield rows.map((row) => [
      ...toCells(row),
      ...(hasVariants ? [keyOfVariant(row.recipient.variant) ?? ''] : []),
    ]);
    after = rows.at(-1)?.recipient.id;
    if (rows.length < BATCH_ROWS) return;
  }
}

function toCells({ recipient: row, response, reply }: Row): string[] {
  const priced = parsePriced(row.priced);
  const last = priced.at(-1)?.pricing;
  const billed = priced.filter(({ pricing }) => pricing.billable).length;
  return [
    ...row.cells,
    toRecipient(row, {}, response).to,
    row.country ?? '',
    row.status,
    row.wamid ?? '',
    String(row.attempt),
    row.errorCode === null ? '' : String(row.errorCode),
    row.errorMessage ?? '',
    ...[row.acceptedAt, row.sentAt, row.deliveredAt, row.readAt, row.failedAt].map(
      (at) => at?.toISOString() ?? '',
    ),
    last?.category ?? '',
    last?.type ?? '',
    last ? String(billed) : '',
    last ? String(priced.length - billed) : '',
    response?.repliedAt?.toISOString() ?? '',
    response?.optedOutAt?.toISOString() ?? '',
    reply ?? '',
    String(response?.clicks ?? 0),
    response?.clickedAt?.toISOString() ?? '',
  ];
}
