import { and, eq } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { campaignEvents } from '@/db/schema/campaigns';
import { rateLimits } from '@/db/schema/engine';
import { createCampaign, createWorkspace } from '@/tests/support/rows';
import { updateCampaign } from './mutations';
import { getCampaign } from './queries';

afterAll(() => database().close());

async function setUp(values: Parameters<typeof createCampaign>[2] = {}) {
  const actor = await createWorkspace();
  const campaign = await createCampaign(actor.workspaceId, actor.userId, values);
  return { actor, campaignId: campaign.id };
}

describe('updateCampaign', () => {
  it('changes name, policy and both speeds of a running campaign, and its limiter with them', async () => {
    const { actor, campaignId } = await setUp({ values: { status: 'active' } });
    const campaign = await updateCampaign({
      actor,
      campaignId,
      name: 'Renamed',
      unconfirmedPolicy: 'resend',
      workerCount: 20,
      rateLimit: 100,
    });
    expect(campaign).toMatchObject({
      name: 'Renamed',
      unconfirmed_policy: 'resend',
      worker_count: 20,
      rate_limit: 100,
      status: 'active',
    });
    const [limit] = await database()
      .db.select()
      .from(rateLimits)
      .where(and(eq(rateLimits.workspaceId, actor.workspaceId), eq(rateLimits.id, campaignId)));
    expect(limit?.rate).toBe(100);
  });

  it('leaves what was not named as it was', async () => {
    const { actor, campaignId } = await setUp();
    const before = await getCampaign({ workspaceId: actor.workspaceId, campaignId });
    const after = await updateCampaign({ actor, campaignId, name: 'Other' });
    expect({ ...after, updated_at: '' }).toEqual({ ...before, name: 'Other', updated_at: '' });
  });

  it('changes nothing at all when a part of it is not possible', async () => {
    const { actor, campaignId } = await setUp({ values: { status: 'active', name: 'Before' } });
    const start = { at: new Date(Date.now() + 3_600_000), timeZone: null };
    await expect(updateCampaign({ actor, campaignId, name: 'After', start })).rejects.toMatchObject({
      kind: 'conflict',
    });
    const campaign = await getCampaign({ workspaceId: actor.workspaceId, campaignId });
    expect(campaign.name).toBe('Before');
  });

  it('plans a draft and takes the plan back', async () => {
    const { actor, campaignId } = await setUp();
    const at = new Date(Date.now() + 3_600_000);
    const start = { at, timeZone: 'Europe/Berlin' };
    const planned = await updateCampaign({ actor, campaignId, start });
    expect(planned).toMatchObject({
      status: 'scheduled',
      scheduled_at: at.toISOString(),
      scheduled_time_zone: 'Europe/Berlin',
    });
    const back = await updateCampaign({ actor, campaignId, start: null });
    expect(back).toMatchObject({ status: 'draft', scheduled_at: null, scheduled_time_zone: null });
  });

  it("does not reach another workspace's campaign", async () => {
    const { actor, campaignId } = await setUp({ values: { name: 'Theirs' } });
    const stranger = await createWorkspace();
    await expect(updateCampaign({ actor: stranger, campaignId, name: 'Mine' })).rejects.toMatchObject({
      kind: 'not_found',
    });
    const campaign = await getCampaign({ workspaceId: actor.workspaceId, campaignId });
    expect(campaign.name).toBe('Theirs');
  });

  it('tells in the timeline who edited it', async () => {
    const { actor, campaignId } = await setUp();
    await updateCampaign({ actor, campaignId, name: 'Other' });
    const events = await database()
      .db.select()
      .from(campaignEvents)
      .where(
        and(eq(campaignEvents.workspaceId, actor.workspaceId), eq(campaignEvents.campaignId, campaignId)),
      );
    expect(events).toMatchObject([{ userId: actor.userId, kind: 'edited', detail: { name: 'Other' } }]);
  });
});
