import { and, eq, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import { recordCampaignEvents } from '@/lib/campaigns/events';
import { getCampaign } from '@/lib/campaigns/queries';
import type { Campaign as ShownCampaign } from '@/lib/campaigns/schema';
import { lockCampaign, type Campaign } from '@/lib/campaigns/transitions';
import { AppError } from '@/lib/errors';
import { publishCampaignChange } from '@/lib/events/publish';
import type { Actor, WorkspaceId } from '@/lib/tenant';
import { noTest } from '@/lib/variants/comparison';
import { compareVariants } from '@/lib/variants/compare';
import { FIRST_VARIANT_SLOT } from '@/lib/stats/counters';
import { keyOfVariant, numberOfVariant } from '@/lib/variants/keys';
import type { VariantKey } from '@/lib/variants/keys';

// The choice is one write under the campaign's row lock: a person and the time, or two workers, are one after the other,
// and the second finds it made. Whoever waits is released afterwards, in batches (recipients/winner-hold.ts).

/** A person chooses the message for those who wait. Again the same one is fine; 409 once another is chosen, or none waits. */
export async function chooseWinner(
  command: { actor: Actor; campaignId: string; variant: VariantKey },
  db: Db = database().db,
): Promise<void> {
  const { actor, campaignId, variant } = command;
  await db.transaction(async (tx) => {
    const campaign = await lockCampaign(actor.workspaceId, campaignId, tx);
    const chosen = numberOfVariant(variant);
    assertHoldsBack(campaign, chosen);
    if (campaign.winner === chosen) return;
    if (campaign.winner !== null)
      throw new AppError(
        'conflict',
        'winner_chosen',
        `Message ${keyOfVariant(campaign.winner)} is chosen already, and its sending has begun.`,
      );
    if (!['active', 'paused'].includes(campaign.status))
      throw new AppError(
        'conflict',
        'invalid_campaign_state',
        `The campaign is ${campaign.status}; a message can be chosen only while it is active or paused.`,
      );
    await decide(campaign, { variant, actor }, tx);
  });
}

/**
 * The time is over: chooses the message with the larger share, be it by chance (the timeline says so). Without a single
 * report there is nothing to choose by, and it is asked again later. Called by every worker; says what it chose.
 */
export async function chooseWinnerByTime(
  due: { workspaceId: WorkspaceId; campaignId: string },
  db: Db = database().db,
): Promise<VariantKey | null> {
  return db.transaction(async (tx) => {
    const campaign = await lockCampaign(due.workspaceId, due.campaignId, tx);
    const { holdback, winner, status } = campaign;
    if (!holdback || winner !== null || status !== 'active' || !(await isDue(campaign, tx))) return null;
    const { variants } = await getCampaign(due, tx);
    const variant = compareVariants(variants ?? [], holdback.decide_by).leader;
    if (variant) await decide(campaign, { variant, actor: null }, tx);
    return variant;
  });
}

/** Marks the campaigns whose test has gone out: nobody of it waits any more. Returns how many. */
export async function noteEndedTests(db: Db = database().db): Promise<number> {
  return db.transaction(async (tx) => {
    const ended = await tx.execute<{ workspace_id: WorkspaceId; id: string }>(sql`
      UPDATE campaigns c SET test_ended_at = now(), updated_at = now()
      WHERE status = 'active' AND holdback IS NOT NULL AND winner IS NULL AND test_ended_at IS NULL
        AND (SELECT sum(k.pending) FILTER (WHERE k.slot >= ${FIRST_VARIANT_SLOT}::int) FROM campaign_counters k
          WHERE k.workspace_id = c.workspace_id AND k.campaign_id = c.id) = 0
      RETURNING workspace_id, id`);
    for (const { workspace_id: workspaceId, id: campaignId } of ended) {
      await recordCampaignEvents([{ workspaceId, campaignId, kind: 'test_sent' }], tx);
      await publishCampaignChange(campaignId, tx);
    }
    return ended.length;
  });
}

/** Active campaigns whose time to choose has come. Plan: campaigns_live. */
export async function listDueChoices(
  db: Db = database().db,
): Promise<{ workspaceId: WorkspaceId; campaignId: string }[]> {
  return [
    ...(await db.execute<{ workspaceId: WorkspaceId; campaignId: string }>(sql`
      SELECT workspace_id AS "workspaceId", id AS "campaignId" FROM campaigns
      WHERE status = 'active' AND holdback IS NOT NULL AND winner IS NULL AND ${IS_OVER}`)),
  ];
}

/** Active campaigns with a choice: some of their people may wait for it still. Plan: campaigns_live. */
export async function listChosenCampaigns(
  db: Db = database().db,
): Promise<{ workspaceId: WorkspaceId; campaignId: string }[]> {
  return [
    ...(await db.execute<{ workspaceId: WorkspaceId; campaignId: string }>(sql`
      SELECT workspace_id AS "workspaceId", id AS "campaignId" FROM campaigns
      WHERE status = 'active' AND winner IS NOT NULL`)),
  ];
}

const IS_OVER = sql`test_ended_at + make_interval(mins => (holdback->>'after_minutes')::int) <= clock_timestamp()`;

function assertHoldsBack(campaign: Campaign, chosen: number): void {
  if (!campaign.variants) throw noTest();
  if (!campaign.holdback)
    throw new AppError(
      'conflict',
      'no_holdback',
      'Everybody in this campaign is sent to at once, so that nobody waits for a choice.',
    );
  if (chosen > campaign.variants.length)
    throw new AppError('invalid', 'no_such_variant', `The campaign has no message ${keyOfVariant(chosen)}.`, {
      issues: [{ path: 'variant', message: `It has ${campaign.variants.length} messages.` }],
    });
}

async function isDue({ workspaceId, id }: Campaign, tx: Db): Promise<boolean> {
  const [row] = await tx
    .select({ isOver: sql<boolean | null>`${IS_OVER}` })
    .from(campaigns)
    .where(and(eq(campaigns.workspaceId, workspaceId), eq(campaigns.id, id)));
  return row?.isOver === true;
}

async function decide(
  campaign: Campaign,
  { variant, actor }: { variant: VariantKey; actor: Actor | null },
  tx: Db,
): Promise<void> {
  const workspaceId = campaign.workspaceId as WorkspaceId;
  const shown = await getCampaign({ workspaceId, campaignId: campaign.id }, tx);
  await tx
    .update(campaigns)
    .set({
      winner: numberOfVariant(variant),
      decision: { at: new Date().toISOString(), variants: comparedOf(shown) },
      updatedAt: sql`clock_timestamp()`,
    })
    .where(and(eq(campaigns.workspaceId, workspaceId), eq(campaigns.id, campaign.id)));
  const measure = campaign.holdback?.decide_by ?? 'read';
  const { shares, differences } = compareVariants(shown.variants ?? [], measure);
  const detail = { variant, measure, shares, differences, waiting: shown.holdback?.waiting ?? 0 };
  await recordCampaignEvents(
    [{ workspaceId, campaignId: campaign.id, userId: actor?.userId, kind: 'winner_chosen', detail }],
    tx,
  );
  await publishCampaignChange(campaign.id, tx);
}

function comparedOf({ variants }: ShownCampaign) {
  return (variants ?? []).map(({ key, sent, delivered, read, failed, replied }) => ({
    ...{ key, sent, delivered, read, failed, replied },
  }));
}
