import { and, asc, eq } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { recipientResponses, recipients } from '@/db/schema/recipients';
import { inboundMessages, pastAttempts } from '@/db/schema/webhooks';
import { notFound } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';
import { mappingOfVariant, templateOfVariant } from '@/lib/variants/stored';
import { getImportedColumns, ofCampaign, ofRecipient, toRecipient, WITH_RESPONSE } from './queries';
import type { RecipientDetail, RecipientStep } from './schema';

type Row = typeof recipients.$inferSelect;
type PastAttempt = typeof pastAttempts.$inferSelect;
type Reply = Pick<
  typeof inboundMessages.$inferSelect,
  'body' | 'kind' | 'optsOut' | 'matchedBy' | 'receivedAt'
>;

/** The first so many of what one person wrote back are shown. */
const MAX_REPLIES = 100;

/** One recipient with everything known to have happened to it, oldest first; throws 404. */
export async function getRecipient(
  of: { workspaceId: WorkspaceId; campaignId: string; recipientId: string },
  db: Db = database().db,
): Promise<RecipientDetail> {
  const { workspaceId, campaignId, recipientId } = of;
  const campaign = await getImportedColumns({ workspaceId, campaignId }, db);
  const [found] = await db
    .select(WITH_RESPONSE)
    .from(recipients)
    .leftJoin(recipientResponses, ofRecipient)
    .where(and(ofCampaign({ workspaceId, campaignId }), eq(recipients.id, recipientId)));
  if (!found) throw notFound('recipient');
  const { response, ...row } = found;
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
  const replies = response?.repliedAt ? await listReplies(of, db) : [];
  const timeline = [...timelineOf(row, past), ...stepsAfter(row.attempt, replies, response)];
  return {
    ...toRecipient(row, mappingOfVariant(campaign, row.variant), response),
    template_id: templateOfVariant(campaign, row.variant),
    timeline,
  };
}

/** What the person wrote back, oldest first (inbound_messages_campaign). */
async function listReplies(
  of: { workspaceId: WorkspaceId; campaignId: string; recipientId: string },
  db: Db,
): Promise<Reply[]> {
  return db
    .select({
      body: inboundMessages.body,
      kind: inboundMessages.kind,
      optsOut: inboundMessages.optsOut,
      matchedBy: inboundMessages.matchedBy,
      receivedAt: inboundMessages.receivedAt,
    })
    .from(inboundMessages)
    .where(
      and(
        eq(inboundMessages.workspaceId, of.workspaceId),
        eq(inboundMessages.campaignId, of.campaignId),
        eq(inboundMessages.recipientId, of.recipientId),
      ),
    )
    .orderBy(asc(inboundMessages.receivedAt))
    .limit(MAX_REPLIES);
}

/** What the person did after it, oldest first; pure. */
export function stepsAfter(
  attempt: number,
  replies: readonly Reply[],
  response: Pick<typeof recipientResponses.$inferSelect, 'clickedAt'> | null,
): RecipientStep[] {
  const steps = [
    step('clicked', response?.clickedAt ?? null, attempt),
    ...replies.map(({ body, kind, optsOut, matchedBy, receivedAt }) => {
      const said = { at: receivedAt.toISOString(), message: body ?? `(${kind})`, matched_by: matchedBy };
      return {
        kind: optsOut ? ('opted_out' as const) : ('replied' as const),
        attempt,
        error_code: null,
        ...said,
      };
    }),
  ].filter((one) => one !== null);
  return steps.sort((a, b) => (a.at < b.at ? -1 : 1));
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
  held: 1.5,
  sent: 2,
  delivered: 3,
  read: 4,
  failed: 5,
  unconfirmed: 5,
  waiting: 6,
  waiting_for_window: 6,
  clicked: 7,
  replied: 7,
  opted_out: 7,
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
    step('held', row.heldAt, attempt),
    step('sent', row.sentAt, attempt),
    step('delivered', row.deliveredAt, attempt),
    step('read', row.readAt, attempt),
    step('failed', isOver ? row.failedAt : null, attempt, row),
    step('unconfirmed', row.doubtAt, attempt, row),
    // Who waits for the choice of a message: nothing has happened yet, and nobody knows when it goes on.
    row.waitsFor === 'winner'
      ? null
      : step(row.waitsFor === 'window' ? 'waiting_for_window' : 'waiting', row.retryAt, attempt, row),
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
    matched_by: null,
  };
}
