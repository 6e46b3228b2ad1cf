import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import {
  campaignCounters,
  campaignEvents,
  campaigns,
  campaignWaits,
  failureCounters,
  rejectedRows,
} from '@/db/schema/campaigns';
import { campaignPermits, rateLimits } from '@/db/schema/engine';
import { recipients } from '@/db/schema/recipients';
import { pastAttempts } from '@/db/schema/webhooks';
import { createCampaign, createWorkspace } from '@/tests/support/rows';
import { deleteCampaign } from './delete';

afterAll(() => database().close());

const belonging = [
  recipients,
  pastAttempts,
  rejectedRows,
  campaignCounters,
  failureCounters,
  campaignWaits,
  campaignPermits,
  campaignEvents,
] as const;

/** Rows left of a campaign, table by table. */
async function rowsOf({ workspaceId, id }: { workspaceId: string; id: string }): Promise<number[]> {
  const { db } = database();
  return Promise.all([
    ...belonging.map((table) =>
      db.$count(table, and(eq(table.workspaceId, workspaceId), eq(table.campaignId, id))),
    ),
    db.$count(rateLimits, and(eq(rateLimits.workspaceId, workspaceId), eq(rateLimits.id, id))),
    db.$count(campaigns, and(eq(campaigns.workspaceId, workspaceId), eq(campaigns.id, id))),
  ]);
}

async function setUp(status: 'draft' | 'active' | 'scheduled' | 'paused' | 'stopped' | 'completed') {
  const { db } = database();
  const actor = await createWorkspace();
  const campaign = await createCampaign(actor.workspaceId, actor.userId, {
    count: 3,
    values: {
      status,
      completedAt: status === 'completed' ? new Date() : null,
      scheduledAt: status === 'scheduled' ? new Date(Date.now() + 3_600_000) : null,
    },
  });
  const own = { workspaceId: actor.workspaceId, campaignId: campaign.id };
  await db.insert(rejectedRows).values({ ...own, rowNumber: 2, code: 'invalid', reason: 'x', cells: [] });
  await db.insert(campaignEvents).values({ ...own, kind: 'created' });
  await db.insert(failureCounters).values({ ...own, slot: 0, failed: 1, lastFailedAt: new Date() });
  const waits = { reason: 'window', waiting: 1, nextAt: new Date(), lastAt: new Date(), places: [] } as const;
  await db.insert(campaignWaits).values({ ...own, ...waits, places: [] });
  await db.insert(campaignPermits).values({ ...own, workerId: randomUUID(), permits: 1 });
  await db.insert(pastAttempts).values({
    ...own,
    recipientId: randomUUID(),
    attempt: 1,
    outcome: 'failed',
    endedAt: new Date(),
  });
  return { actor, campaign };
}

describe('deleteCampaign', () => {
  it.each(['draft', 'completed', 'stopped'] as const)('leaves nothing of a %s one', async (status) => {
    const { actor, campaign } = await setUp(status);
    const other = await createCampaign(actor.workspaceId, actor.userId, { count: 2 });
    const before = await rowsOf(other);
    await deleteCampaign({ actor, campaignId: campaign.id });
    expect(await rowsOf(campaign)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(await rowsOf(other)).toEqual(before);
  });

  it.each(['active', 'paused', 'scheduled'] as const)(
    'refuses a %s one and keeps it whole',
    async (status) => {
      const { actor, campaign } = await setUp(status);
      await expect(deleteCampaign({ actor, campaignId: campaign.id })).rejects.toMatchObject({
        kind: 'conflict',
      });
      expect(await rowsOf(campaign)).toEqual([3, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    },
  );

  it("does not reach another workspace's campaign", async () => {
    const { campaign } = await setUp('draft');
    const actor = await createWorkspace();
    await expect(deleteCampaign({ actor, campaignId: campaign.id })).rejects.toMatchObject({
      kind: 'not_found',
    });
    expect(await rowsOf(campaign)).toEqual([3, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  });
});
