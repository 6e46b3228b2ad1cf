import { afterAll, describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { placeRecipient } from '@/tests/support/receipts';
import { createCampaign, createWorkspace, recipientsOf } from '@/tests/support/rows';
import { getCampaignHours } from './hours';

afterAll(() => database().close());

const ACCEPTED = `state = 'accepted', attempt = 1, pending = false`;

async function setUp() {
  const { workspaceId, userId } = await createWorkspace();
  const campaign = await createCampaign(workspaceId, userId, { count: 5 });
  const ids = (await recipientsOf(campaign)).map(({ id }) => id);
  const place = (index: number, assignments: string) =>
    placeRecipient(campaign, ids[index] ?? '', assignments);
  await place(0, `${ACCEPTED}, accepted_at = '2026-01-01T10:59:59Z', read_at = now()`);
  await place(1, `${ACCEPTED}, accepted_at = '2026-01-01T10:00:00Z', delivered_at = now()`);
  await place(2, `${ACCEPTED}, accepted_at = '2026-01-01T11:00:00Z'`);
  await place(
    3,
    `state = 'failed', attempt = 1, pending = false, failed_at = '2026-01-01T11:30:00Z', error_code = 131026`,
  );
  return { campaign, place, key: { workspaceId, campaignId: campaign.id } };
}

describe('getCampaignHours', () => {
  it('counts everybody in the hour in which the message went, and nobody who waits', async () => {
    const { key } = await setUp();
    const { hours, as_of } = await getCampaignHours(key);
    expect(hours).toEqual([
      { hour: '2026-01-01T10:00:00Z', sent: 2, delivered: 2, read: 1, failed: 0 },
      { hour: '2026-01-01T11:00:00Z', sent: 2, delivered: 0, read: 0, failed: 1 },
    ]);
    expect(Date.parse(as_of ?? '')).toBeGreaterThan(Date.now() - 60_000);
  });

  it('reads the recipients once for all who ask, and again when that is old', async () => {
    const { key, place } = await setUp();
    const [first, second] = await Promise.all([getCampaignHours(key), getCampaignHours(key)]);
    expect(second).toEqual(first);
    await place(2, 'read_at = now()');
    expect(await getCampaignHours(key)).toEqual(first);
    await database().sql`
      UPDATE campaign_hours SET computed_at = now() - interval '61 s'
      WHERE workspace_id = ${key.workspaceId} AND campaign_id = ${key.campaignId}`;
    expect((await getCampaignHours(key)).hours[1]).toMatchObject({ read: 1 });
  });

  it('of what took long is kept longer', async () => {
    const { key, place } = await setUp();
    const first = await getCampaignHours(key);
    await place(2, 'read_at = now()');
    await database().sql`
      UPDATE campaign_hours SET computed_at = now() - interval '61 s', took_ms = 1000
      WHERE workspace_id = ${key.workspaceId} AND campaign_id = ${key.campaignId}`;
    expect((await getCampaignHours(key)).hours).toEqual(first.hours);
  });

  it('is a 404 for another workspace', async () => {
    const { key } = await setUp();
    const { workspaceId } = await createWorkspace();
    await expect(getCampaignHours({ ...key, workspaceId })).rejects.toMatchObject({ kind: 'not_found' });
  });
});
