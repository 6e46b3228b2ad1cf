import { and, asc, eq } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { recipients } from '@/db/schema/recipients';
import { pastAttempts } from '@/db/schema/webhooks';
import { notFound } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';
import { getImportedColumns, ofCampaign, toRecipient } from './queries';
import type { RecipientDetail, RecipientStep } from './schema';

type Row = typeof recipients.$inferSelect;
type PastAttempt = typeof pastAttempts.$inferSelect;

/** One recipient with everything known to have happened to it, oldest first; throws 404. */
export async function getRecipient(
  of: { workspaceId: WorkspaceId; campaignId: string; recipientId: string },
  db: Db = database().db,
): Promise<RecipientDetail> {
  const { workspaceId, campaignId, recipientId } = of;
  const { mapping } = await getImportedColumns({ workspaceId, campaignId }, db);
  const [row] = await db
    .select()
    .from(recipients)
    .where(and(ofCampaign({ workspaceId, campaignId }), eq(recipients.id, recipientId)));
  if (!row) throw notFound('recipient');
  const past = await db
    .select()
    .from(pastAttempts)
    .where(
      and(
        eq(pastAttempts.workspaceId, workspaceId),
        eq(pastAttempts.campaignId, campaignId),
        eq(pastAttempts.recipientId, recipientId),
      ),
    )
    .orderBy(asc(pastAttempts.attempt));
  return { ...toRecipient(row, mapping), timeline: timelineOf(row, past) };
}

/** The row's facts and its earlier attempts in the order they must have come in; pure. */
export function timelineOf(row: Row, past: readonly PastAttempt[]): RecipientStep[] {
  const steps = [...past.flatMap(stepsOfPast), ...stepsOfRow(row)].filter((step) => step !== null);
  // Not by time: Meta's clock gives whole seconds, and would put "sent" before the request that caused it.
  return steps.sort((a, b) => a.attempt - b.attempt || RANK[a.kind] - RANK[b.kind]);
}

const RANK: Record<RecipientStep['kind'], number> = {
  begun: 0,
  accepted: 1,
  sent: 2,
  delivered: 3,
  read: 4,
  failed: 5,
  unconfirmed: 5,
  waiting: 6,
  waiting_for_window: 6,
};

function stepsOfPast(past: PastAttempt): (RecipientStep | null)[] {
  const { attempt, errorCode, errorMessage } = past;
  return [
    step('begun', past.claimedAt, attempt),
    step(past.outcome, past.endedAt, attempt, { errorCode, errorMessage }),
  ];
}

function stepsOfRow(row: Row): (RecipientStep | null)[] {
  const { attempt } = row;
  const isOver = row.state === 'accepted' || row.state === 'failed';
  return [
    // A row that came back to the queue keeps the time of its last claim: the one that ended in this wait.
    row.state === 'skipped' ? null : step('begun', row.claimedAt, Math.max(attempt, 1)),
    step('accepted', row.acceptedAt, attempt),
    step('sent', row.sentAt, attempt),
    step('delivered', row.deliveredAt, attempt),
    step('read', row.readAt, attempt),
    step('failed', isOver ? row.failedAt : null, attempt, row),
    step('unconfirmed', row.doubtAt, attempt, row),
    step(row.waitsFor === 'window' ? 'waiting_for_window' : 'waiting', row.retryAt, attempt, row),
  ];
}

function step(
  kind: RecipientStep['kind'],
  at: Date | null,
  attempt: number,
  error: { errorCode: number | null; errorMessage: string | null } = { errorCode: null, errorMessage: null },
): RecipientStep | null {
  if (at === null) return null;
  return {
    at: at.toISOString(),
    kind,
    attempt,
    error_code: error.errorCode,
    message: error.errorMessage,
  };
}
