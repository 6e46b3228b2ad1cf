import { afterAll, describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { createCampaign, createWorkspace } from '@/tests/support/rows';
import { recordCampaignEvents, type CampaignEventKind } from './events';
import { listTimeline } from './timeline';
import { changeCampaignSpeed, setCampaignStatus } from './transitions';

afterAll(() => database().close());

async function setUp() {
  const { workspaceId, userId } = await createWorkspace();
  const campaign = await createCampaign(workspaceId, userId, {
    count: 3,
    values: { status: 'active', startedAt: new Date() },
  });
  return { actor: { workspaceId, userId }, campaignId: campaign.id };
}

describe('listTimeline', () => {
  it('tells who did what, newest first, and how many were waiting at a pause', async () => {
    const { actor, campaignId } = await setUp();
    await changeCampaignSpeed({ actor, campaignId, rateLimit: 20 });
    await setCampaignStatus({ actor, campaignId, status: 'paused' });
    const { events, next_cursor } = await listTimeline({ ...actor, campaignId, limit: 10 });
    expect(events).toMatchObject([
      { kind: 'paused', user: { id: actor.userId }, detail: { pending: 3 } },
      { kind: 'speed_changed', user: { id: actor.userId }, detail: { rateLimit: 20 } },
    ]);
    expect(events[0]?.user?.name).toContain('@');
    expect(next_cursor).toBeNull();
  });

  it('pages without a gap or a repeat, and names nobody for what Herald did', async () => {
    const { actor, campaignId } = await setUp();
    const kinds: CampaignEventKind[] = ['created', 'started', 'paused', 'resumed', 'completed'];
    for (const kind of kinds)
      await recordCampaignEvents([{ workspaceId: actor.workspaceId, campaignId, kind }]);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listTimeline({ workspaceId: actor.workspaceId, campaignId, limit: 2, cursor });
      expect(page.events.every(({ user }) => user === null)).toBe(true);
      seen.push(...page.events.map(({ kind }) => kind));
      cursor = page.next_cursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(kinds.reverse());
  });

  it('is a 404 for another workspace, and refuses a cursor that is not one', async () => {
    const { actor, campaignId } = await setUp();
    const other = await createWorkspace();
    await expect(
      listTimeline({ workspaceId: other.workspaceId, campaignId, limit: 1 }),
    ).rejects.toMatchObject({ kind: 'not_found' });
    await expect(
      listTimeline({ workspaceId: actor.workspaceId, campaignId, limit: 1, cursor: 'x' }),
    ).rejects.toMatchObject({ code: 'invalid_cursor' });
  });
});
