import { sql as query } from 'drizzle-orm';
import { database, type Db, type Sql } from '@/db/client';
import type { WorkspaceId } from '@/lib/tenant';
import type { AttemptKey } from './attempt-key';
import { RECEIPTS_STATEMENT, RECEIPTS_WITH_FAILURES_STATEMENT } from './receipts-statement';

export const RECEIPT_KINDS = ['sent', 'delivered', 'read', 'failed'] as const;
export type ReceiptKind = (typeof RECEIPT_KINDS)[number];

/** One status of WhatsApp's about one message, after its signature was checked. */
export interface Receipt {
  workspaceId: WorkspaceId;
  /** The sender whose number the webhook names, and whose secret signed it. */
  senderId: string;
  /** Our own key, from biz_opaque_callback_data; null when there was none: then the wamid finds the row. */
  key: AttemptKey | null;
  wamid: string;
  kind: ReceiptKind;
  /** Meta's clock, epoch seconds. Null, or further than 60 days past or a day ahead: taken as now. */
  at: number | null;
  errorCode: number | null;
  errorMessage: string | null;
  /** What it says of the price, as lib/costs/pricing.ts writes it; most say nothing. */
  pricing?: string | null | undefined;
}

// A generic plan made while the table is tiny reads all of it, and is kept as the table grows: below this size
// (16 MB; where one lookup a row is cheapest by far) each run is planned anew. Partitioned, its smallest part says.
const PLAN_BY_SIZE = `SELECT set_config('plan_cache_mode', CASE WHEN coalesce(
    (SELECT min(pg_relation_size(relid)) FROM pg_partition_tree('recipients') WHERE isleaf),
    pg_relation_size('recipients')) < 16777216 THEN 'force_custom_plan' ELSE 'auto' END, true)`;

/** What is worth knowing of a receipt afterwards; most leave nothing to say. */
export interface ReceiptFinding {
  /** Index in the batch. */
  index: number;
  /**
   * unknown: nobody here sent that message. foreign: the recipient is not this sender's, so nothing changed.
   * failed: this receipt's recipient turned failed by it (phone: E.164).
   */
  finding: 'unknown' | 'foreign' | 'failed';
  campaignId: string | null;
  phone: string | null;
}

/**
 * Applies a batch as facts, in one statement; counts change with the rows. Any order, split or repetition of
 * the same receipts ends in the same rows. What each does is the table in receipts-statement.ts.
 */
export async function applyReceipts(
  batch: readonly Receipt[],
  sql: Sql = database().sql,
): Promise<ReceiptFinding[]> {
  if (batch.length === 0) return [];
  const [, rows] = await sql.begin((tx) => [
    tx.unsafe(PLAN_BY_SIZE),
    tx.unsafe<FindingRow[]>(statementFor(batch), toColumns(batch), { prepare: true }),
  ]);
  return rows.map(toFinding);
}

/** The same inside the caller's transaction, which must already hold every campaign row it will lock. */
export async function applyReceiptsWithin(batch: readonly Receipt[], tx: Db): Promise<ReceiptFinding[]> {
  if (batch.length === 0) return [];
  const columns = toColumns(batch);
  const parts = statementFor(batch).split(/\$\d+/);
  const statement = query.join(
    parts.flatMap((part, i) =>
      i < columns.length ? [query.raw(part), query`${query.param(columns[i])}`] : [query.raw(part)],
    ),
  );
  const rows = await tx.execute<FindingRow>(statement);
  return rows.map(toFinding);
}

function statementFor(batch: readonly Receipt[]): string {
  const hasFailures = batch.some(({ kind }) => kind === 'failed');
  return hasFailures ? RECEIPTS_WITH_FAILURES_STATEMENT : RECEIPTS_STATEMENT;
}

type FindingRow = {
  n: number;
  finding: ReceiptFinding['finding'];
  campaign_id: string | null;
  phone: string | null;
};

function toFinding(row: FindingRow): ReceiptFinding {
  return { index: row.n - 1, finding: row.finding, campaignId: row.campaign_id, phone: row.phone };
}

/** In the order of the statement's $1…$11. */
function toColumns(batch: readonly Receipt[]): (string | number | null)[][] {
  return [
    batch.map((r) => r.workspaceId),
    batch.map((r) => r.senderId),
    batch.map((r) => r.key?.campaignId ?? null),
    batch.map((r) => r.key?.recipientId ?? null),
    batch.map((r) => r.key?.attempt ?? null),
    batch.map((r) => r.wamid),
    batch.map((r) => r.kind),
    batch.map((r) => r.at),
    batch.map((r) => r.errorCode),
    batch.map((r) => r.errorMessage),
    batch.map((r) => r.pricing ?? null),
  ];
}
