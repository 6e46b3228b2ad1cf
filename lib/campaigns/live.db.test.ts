import { and, eq, sql } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { campaignCounters, campaigns } from '@/db/schema/campaigns';
import { createCampaign, createWorkspace } from '@/tests/support/rows';
import { followCampaign } from './live';
import { getCampaign } from './queries';

afterAll(() => database().close());

async function setUp() {
  const { workspaceId, userId } = await createWorkspace();
  const { id } = await createCampaign(workspaceId, userId, { count: 5 });
  const abort = new AbortController();
  const seen = await getCampaign({ workspaceId, campaignId: id });
  const follow = () => followCampaign({ workspaceId, seen }, abort.signal);
  return { workspaceId, id, abort, follow };
}

async function markSent(workspaceId: string, campaignId: string, count: number): Promise<void> {
  await database()
    .db.update(campaignCounters)
    .set({
      pending: sql`${campaignCounters.pending} - ${count}`,
      sent: sql`${campaignCounters.sent} + ${count}`,
    })
    .where(and(eq(campaignCounters.workspaceId, workspaceId), eq(campaignCounters.campaignId, campaignId)));
}

describe('followCampaign', () => {
  it('tells two followers of the same change, with counts that add up', async () => {
    const { workspaceId, id, abort, follow } = await setUp();
    const followers = [follow(), follow()];
    for (const follower of followers) expect((await follower.next()).value).toMatchObject({ sent: 0 });
    const next = followers.map((follower) => follower.next());
    await markSent(workspaceId, id, 2);
    for (const { value } of await Promise.all(next))
      expect(value).toMatchObject({ total_recipients: 5, sent: 2, pending: 3 });
    abort.abort();
  });

  it('ends when the campaign is deleted', async () => {
    const { workspaceId, id, follow } = await setUp();
    const follower = follow();
    await follower.next();
    const next = follower.next();
    await database()
      .db.delete(campaigns)
      .where(and(eq(campaigns.workspaceId, workspaceId), eq(campaigns.id, id)));
    expect((await next).done).toBe(true);
  });
});
