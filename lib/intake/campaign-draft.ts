import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { users } from '@/db/schema/accounts';
import { campaignCounters, campaigns } from '@/db/schema/campaigns';
import { rateLimits } from '@/db/schema/engine';
import { senders, templates } from '@/db/schema/senders';
import { recordCampaignEvents } from '@/lib/campaigns/events';
import { checkTrackClicks } from '@/lib/clicks/check';
import { AppError, notFound } from '@/lib/errors';
import type { NamedFollows } from '@/lib/follow-ups/followed';
import type { Follows } from '@/lib/follow-ups/schema';
import { mediaOfCampaign } from '@/lib/media/use';
import type { Mapping } from '@/lib/recipients/params';
import { counterSlot } from '@/lib/stats/counters';
import type { Template } from '@/lib/templates/schema';
import { getTemplate } from '@/lib/templates/queries';
import { assertSendable } from '@/lib/templates/sendable';
import type { Actor, WorkspaceId } from '@/lib/tenant';
import { countByVariant, openTest, toStoredVariants, type DraftTest, type TestOrder } from './draft-test';
import type { CampaignOrder, CreatedCampaign } from './schema';

/** A campaign whose recipients are being stored; nobody sees it before its transaction commits. */
export interface Draft {
  id: string;
  workspaceId: WorkspaceId;
  /** Who it belongs to, and who asked for it. */
  userId: string;
  actorId: string;
  name: string;
  template: Template;
  attested: boolean;
  /** Where its tracked buttons lead; null: it has none. */
  trackClicks: Record<string, string> | null;
  /** Its messages, where it tests several; `template` is the first. */
  test: DraftTest | null;
}

export interface ImportTally {
  rows: number;
  imported: number;
  invalid: number;
  duplicates: number;
  suppressed: number;
}

/**
 * Checks owner, template and sender. Throws 404 for what is not the workspace's, 422 for a template that
 * cannot be sent or another template's sender. Sender and template cannot be deleted until `tx` ends.
 */
export async function openDraft(
  actor: Actor,
  order: CampaignOrder & Omit<TestOrder, 'template_id'>,
  tx: Db,
): Promise<Draft> {
  const { workspaceId } = actor;
  const userId = order.user_id ?? actor.userId;
  const [owner] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.workspaceId, workspaceId), eq(users.id, userId)));
  if (!owner) throw notFound('user');

  const template = await getTemplate(workspaceId, order.template_id, tx);
  if (order.sender_id) await requireSender({ workspaceId, senderId: order.sender_id, template }, tx);
  const [held] = await tx
    .select({ id: templates.id })
    .from(templates)
    .innerJoin(
      senders,
      and(eq(senders.workspaceId, templates.workspaceId), eq(senders.id, templates.senderId)),
    )
    .where(and(eq(templates.workspaceId, workspaceId), eq(templates.id, template.id)))
    .for('key share');
  if (!held) throw notFound('template');
  assertSendable(template);
  const id = randomUUID();
  const test = await openTest({ workspaceId, campaignId: id, template }, order, tx);
  const trackClicks = checkTrackClicks(
    template,
    order.track_clicks,
    test?.messages.map((message) => message.template),
  );
  const { name, attested = false } = order;
  return {
    id,
    workspaceId,
    userId,
    actorId: actor.userId,
    name,
    template,
    attested,
    trackClicks,
    test,
  };
}

async function requireSender(
  { workspaceId, senderId, template }: { workspaceId: WorkspaceId; senderId: string; template: Template },
  tx: Db,
): Promise<void> {
  const [sender] = await tx
    .select({ id: senders.id })
    .from(senders)
    .where(and(eq(senders.workspaceId, workspaceId), eq(senders.id, senderId)));
  if (!sender) throw notFound('sender');
  if (senderId === template.sender_id) return;
  const message = 'The template belongs to another sender: choose that sender, or leave sender_id out.';
  throw new AppError('invalid', 'sender_mismatch', message, { issues: [{ path: 'sender_id', message }] });
}

/**
 * An import of this size changes what the planner should know of the table, and autovacuum takes a minute to
 * notice. New statistics also end the plans other sessions have kept from when the table was small.
 */
const ANALYZE_FROM = 1000;

export interface DraftContents {
  columns: string[];
  /** What fills the message; of a test what fills each, in their order. */
  mappings: readonly Mapping[];
  tally: ImportTally;
  /** Where the recipients came from; a file may have no name. */
  list: { source: 'file' | 'api' | null; name: string | null };
  follows?: NamedFollows | undefined;
}

/** Writes the campaign round its stored recipients: row, limiter, counters, timeline. */
export async function closeDraft(draft: Draft, contents: DraftContents, tx: Db): Promise<CreatedCampaign> {
  const { id, workspaceId } = draft;
  const { columns, mappings, tally, list, follows } = contents;
  const { test } = draft;
  const mapping = mappings[0] ?? {};
  const mediaIds = new Set<string>();
  for (const [i, { template }] of (test?.messages ?? [draft]).entries()) {
    const message = { workspaceId, campaignId: id, template, mapping: mappings[i] ?? {} };
    for (const mediaId of await mediaOfCampaign(message, tx)) mediaIds.add(mediaId);
  }
  const [campaign] = await tx
    .insert(campaigns)
    .values({
      workspaceId,
      id,
      userId: draft.userId,
      senderId: draft.template.sender_id,
      templateId: draft.template.id,
      name: draft.name,
      totalRecipients: tally.imported,
      importRows: tally.rows,
      importInvalid: tally.invalid,
      importDuplicates: tally.duplicates,
      importSuppressed: tally.suppressed,
      listSource: list.source,
      listName: list.name,
      attested: draft.attested,
      trackClicks: draft.trackClicks,
      follows: follows && withoutName(follows),
      columns,
      mapping: { ...mapping },
      variants: test && toStoredVariants(test, mappings),
      holdback: test?.holdback ?? null,
      mediaIds: [...mediaIds],
    })
    .returning({ rateLimit: campaigns.rateLimit });
  if (!campaign) throw new Error('The insert of a campaign returned nothing.');
  await tx.insert(rateLimits).values({ workspaceId, id, rate: campaign.rateLimit });
  if (test) await countByVariant({ workspaceId, campaignId: id, test }, tx);
  else
    await tx
      .insert(campaignCounters)
      .values({ workspaceId, campaignId: id, slot: counterSlot, pending: tally.imported });
  const detail = follows ? { ...tally, follows } : { ...tally };
  await recordCampaignEvents(
    [{ workspaceId, campaignId: id, kind: 'created', userId: draft.actorId, detail }],
    tx,
  );
  if (follows) await recordFollowUp(draft, { follows, recipients: tally.imported }, tx);
  if (tally.imported >= ANALYZE_FROM) await tx.execute(sql`ANALYZE recipients`);
  return {
    success: true,
    campaign_id: id,
    total_recipients: tally.imported,
    message: 'Campaign created successfully',
    ...tally,
  };
}

/** In the timeline of the campaign that is followed. */
async function recordFollowUp(
  { workspaceId, id, name, actorId: userId }: Draft,
  { follows, recipients }: { follows: NamedFollows; recipients: number },
  tx: Db,
): Promise<void> {
  const { campaign_id: campaignId, audience, error_code } = follows;
  const detail = { campaign_id: id, name, audience, error_code, recipients };
  await recordCampaignEvents([{ workspaceId, campaignId, kind: 'followed_up', userId, detail }], tx);
}

/** It may be renamed, or go: its name is read when it is shown. */
function withoutName({ name: _, ...follows }: NamedFollows): Follows {
  return follows;
}
