import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { campaignCounters, campaigns } from '@/db/schema/campaigns';
import {
  createCampaign,
  createSender,
  createTemplate,
  createWorkspace,
  recipientsOf,
} from '@/tests/support/rows';
import { countCampaigns, getCampaign, listCampaigns, readCampaigns } from './queries';
import { campaignSchema } from './schema';

afterAll(() => database().close());

/** Campaigns whose times differ by microseconds only, oldest first; some share even that. */
async function setUpList(names: string[], microseconds: number[]) {
  const { workspaceId, userId } = await createWorkspace();
  const sender = await createSender(workspaceId, userId);
  const template = await createTemplate(workspaceId, sender.id);
  await database()
    .db.insert(campaigns)
    .values(
      names.map((name, i) => ({
        workspaceId,
        userId,
        senderId: sender.id,
        templateId: template.id,
        name,
        columns: [],
        mapping: {},
        createdAt: sql`'2026-11-23 10:00:00+00'::timestamptz + ${`${microseconds[i] ?? 0} microseconds`}::interval`,
      })),
    );
  return { workspaceId, userId };
}

describe('listCampaigns', () => {
  it('pages newest first without losing or repeating campaigns that share a millisecond', async () => {
    const names = Array.from({ length: 25 }, (_, i) => `c${i}`);
    const { workspaceId } = await setUpList(
      names,
      names.map((_, i) => Math.floor(i / 3)),
    );
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listCampaigns({ workspaceId, limit: 4, cursor });
      seen.push(...page.campaigns.map((c) => c.name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toHaveLength(25);
    expect(new Set(seen)).toEqual(new Set(names));
    const order = seen.map((name) => Math.floor(Number(name.slice(1)) / 3));
    expect(order).toEqual([...order].sort((a, b) => b - a));
  });

  it('gives no cursor on a last page that is exactly full', async () => {
    const { workspaceId } = await setUpList(['a', 'b'], [0, 1]);
    const page = await listCampaigns({ workspaceId, limit: 2 });
    expect(page.campaigns).toHaveLength(2);
    expect(page.nextCursor).toBeNull();
  });

  it('shows nothing of another workspace, with its cursor neither', async () => {
    const theirs = await setUpList(['theirs 1', 'theirs 2'], [0, 1]);
    const mine = await setUpList(['mine'], [0]);
    const { nextCursor } = await listCampaigns({ workspaceId: theirs.workspaceId, limit: 1 });
    const page = await listCampaigns({
      workspaceId: mine.workspaceId,
      limit: 50,
      cursor: nextCursor ?? undefined,
    });
    expect(page.campaigns.every((c) => c.name === 'mine')).toBe(true);
    const all = await listCampaigns({ workspaceId: mine.workspaceId, limit: 50 });
    expect(all.campaigns.map((c) => c.name)).toEqual(['mine']);
  });

  it('answers 404 for a user of another workspace as for one that does not exist', async () => {
    const mine = await createWorkspace();
    const theirs = await createWorkspace();
    for (const userId of [theirs.userId, randomUUID()]) {
      await expect(listCampaigns({ workspaceId: mine.workspaceId, userId, limit: 50 })).rejects.toMatchObject(
        { kind: 'not_found', message: 'There is no such user.' },
      );
    }
    await expect(
      listCampaigns({ workspaceId: mine.workspaceId, userId: mine.userId, limit: 50 }),
    ).resolves.toEqual({ campaigns: [], nextCursor: null });
  });

  it('searches for the text as written: wildcards are letters', async () => {
    const { workspaceId } = await setUpList(['50% off', '500 off', 'a_b', 'aXb', 'c\\d'], [0, 1, 2, 3, 4]);
    const names = async (search: string) =>
      (await listCampaigns({ workspaceId, limit: 50, search })).campaigns.map((c) => c.name);
    expect(await names('50%')).toEqual(['50% off']);
    expect(await names('A_B')).toEqual(['a_b']);
    expect(await names('c\\d')).toEqual(['c\\d']);
  });

  it('filters by status', async () => {
    const { workspaceId, userId } = await createWorkspace();
    await createCampaign(workspaceId, userId, { values: { status: 'paused', name: 'p' } });
    await createCampaign(workspaceId, userId, { values: { name: 'd' } });
    const page = await listCampaigns({ workspaceId, limit: 50, status: 'paused' });
    expect(page.campaigns.map((c) => c.name)).toEqual(['p']);
  });

  it('pages by age and by name without a gap or a repeat, whatever the case of the letters', async () => {
    const names = ['beta', 'Alpha', 'gamma', 'alpha', 'Beta'];
    const { workspaceId } = await setUpList(names, [0, 1, 2, 3, 4]);
    const all = async (sort: 'oldest' | 'name') => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await listCampaigns({ workspaceId, sort, limit: 2, cursor });
        seen.push(...page.campaigns.map((c) => c.name));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      return seen;
    };
    expect(await all('oldest')).toEqual(names);
    const byName = await all('name');
    expect(byName.map((name) => name.toLowerCase())).toEqual(['alpha', 'alpha', 'beta', 'beta', 'gamma']);
    expect(new Set(byName)).toEqual(new Set(names));
    const { nextCursor } = await listCampaigns({ workspaceId, sort: 'name', limit: 1 });
    await expect(listCampaigns({ workspaceId, limit: 1, cursor: nextCursor ?? '' })).rejects.toMatchObject({
      code: 'invalid_cursor',
    });
  });

  it('filters by time and by ids, and counts what is on all pages', async () => {
    const { workspaceId } = await setUpList(['a', 'b', 'c'], [0, 1_000, 2_000]);
    const [c, b, a] = (await listCampaigns({ workspaceId, limit: 9 })).campaigns;
    const names = async (filter: object) =>
      (await listCampaigns({ workspaceId, limit: 9, ...filter })).campaigns.map(({ name }) => name);
    const at = new Date(b?.created_at ?? '');
    expect(await names({ createdAfter: at })).toEqual(['c', 'b']);
    expect(await names({ createdBefore: at })).toEqual(['a']);
    const theirs = await setUpList(['theirs'], [0]);
    const [other] = (await listCampaigns({ workspaceId: theirs.workspaceId, limit: 1 })).campaigns;
    expect(await names({ ids: [a?.id, c?.id, other?.id, randomUUID()] })).toEqual(['c', 'a']);
    expect(await countCampaigns({ workspaceId })).toBe(3);
    expect(await countCampaigns({ workspaceId, createdAfter: at })).toBe(2);
  });

  it('reads a deep page by the index, without sorting the workspace', async () => {
    const { workspaceId, userId } = await setUpList(['first'], [0]);
    const { sql: raw } = database();
    await raw`
      INSERT INTO campaigns (workspace_id, user_id, sender_id, template_id, name, columns, mapping, created_at)
      SELECT ${workspaceId}, ${userId}, gen_random_uuid(), 1, 'c' || n, '[]', '{}',
        '2026-11-23 10:00:00+00'::timestamptz + n * interval '1 second'
      FROM generate_series(1, 10000) n`;
    await raw`ANALYZE campaigns`;
    const plan = await raw`
      EXPLAIN SELECT id FROM campaigns WHERE workspace_id = ${workspaceId}
        AND (created_at, id) < ('2026-11-23 11:30:00+00'::timestamptz, ${randomUUID()}::uuid)
      ORDER BY created_at DESC NULLS LAST, id DESC NULLS LAST LIMIT 51`;
    const text = plan.map((row) => String(row['QUERY PLAN'])).join('\n');
    expect(text).toMatch(/Index .*Scan using campaigns_newest/);
    expect(text).not.toContain('Sort');
  });
});

describe('getCampaign', () => {
  it('sums the slots, and the counts add up', async () => {
    const { workspaceId, userId } = await createWorkspace();
    const campaign = await createCampaign(workspaceId, userId, { count: 10 });
    await database()
      .db.insert(campaignCounters)
      .values([
        {
          workspaceId,
          campaignId: campaign.id,
          slot: 1,
          pending: -6,
          sent: 4,
          delivered: 3,
          read: 1,
          failed: 2,
        },
        { workspaceId, campaignId: campaign.id, slot: 2, pending: -3, skipped: 1, unconfirmed: 2 },
      ]);
    const shown = campaignSchema.parse(await getCampaign({ workspaceId, campaignId: campaign.id }));
    expect(shown).toMatchObject({
      total_recipients: 10,
      pending: 1,
      sent: 4,
      delivered: 3,
      read: 1,
      failed: 2,
      skipped: 1,
      unconfirmed: 2,
      template_name: 'order_update',
      template_language: 'en_US',
      sender_name: 'Test sender',
      sandbox: false,
    });
    expect(shown.sent + shown.failed + shown.pending + shown.skipped + shown.unconfirmed).toBe(10);
  });

  it('says what the engine is at: under way, the next retry, and a sender told to slow down', async () => {
    const { workspaceId, userId } = await createWorkspace();
    const campaign = await createCampaign(workspaceId, userId, {
      count: 4,
      values: { status: 'active', startedAt: new Date() },
    });
    const [first, second] = await recipientsOf(campaign);
    const { sql: raw } = database();
    await raw`UPDATE recipients SET state = 'sending', pending = false, worker_id = ${randomUUID()}, claimed_at = now()
      WHERE campaign_id = ${campaign.id} AND id = ${first?.id ?? ''}`;
    await raw`UPDATE recipients SET pending = false, retry_at = '2030-01-01 10:00:00+00'
      WHERE campaign_id = ${campaign.id} AND id = ${second?.id ?? ''}`;
    const read = async () =>
      campaignSchema.parse(await getCampaign({ workspaceId, campaignId: campaign.id }));
    expect(await read()).toMatchObject({
      pending: 4,
      in_flight: 1,
      next_retry_at: '2030-01-01T10:00:00.000Z',
      throttled_until: null,
      rate_factor: 1,
      sender_rate_limit: 1000,
    });
    await raw`UPDATE rate_limits SET blocked_until = '2030-01-01 10:00:00+00', factor = 0.5 WHERE id = ${campaign.senderId}`;
    expect(await read()).toMatchObject({ throttled_until: '2030-01-01T10:00:00.000Z', rate_factor: 0.5 });
    await raw`UPDATE campaigns SET status = 'draft' WHERE id = ${campaign.id}`;
    expect(await read()).toMatchObject({ in_flight: 0, next_retry_at: null, throttled_until: null });
  });

  it('says who waits for the send window, and takes none of them for a retry', async () => {
    const { workspaceId, userId } = await createWorkspace();
    const campaign = await createCampaign(workspaceId, userId, {
      count: 3,
      values: { status: 'active', startedAt: new Date() },
    });
    const { sql: raw } = database();
    await raw`UPDATE recipients SET pending = false, retry_at = '2030-01-01 10:00:00+00', waits_for = 'window'
      WHERE campaign_id = ${campaign.id}`;
    const places = JSON.stringify([
      { country: 'JP', waiting: 3, until: '2030-01-01T10:00:00.000Z', local_time: '19:00' },
    ]);
    await raw`
      INSERT INTO campaign_waits (workspace_id, campaign_id, reason, waiting, next_at, last_at, places)
      VALUES (${workspaceId}, ${campaign.id}, 'window', 3, '2030-01-01 10:00:00+00', '2030-01-01 12:00:00+00', ${places}::text::jsonb)`;
    const read = async () =>
      campaignSchema.parse(await getCampaign({ workspaceId, campaignId: campaign.id }));
    expect(await read()).toMatchObject({
      next_retry_at: null,
      waits: [
        {
          reason: 'window',
          waiting: 3,
          next_at: '2030-01-01T10:00:00.000Z',
          last_at: '2030-01-01T12:00:00.000Z',
          places: [{ country: 'JP', local_time: '19:00' }],
        },
      ],
    });
    // Whoever goes again sooner is a retry, and is said to be one.
    const [first] = await recipientsOf(campaign);
    await raw`UPDATE recipients SET retry_at = '2030-01-01 09:00:00+00', waits_for = NULL
      WHERE campaign_id = ${campaign.id} AND id = ${first?.id ?? ''}`;
    expect(await read()).toMatchObject({ next_retry_at: '2030-01-01T09:00:00.000Z' });
    await raw`UPDATE campaigns SET status = 'paused' WHERE id = ${campaign.id}`;
    expect(await read()).toMatchObject({ waits: [] });
  });

  it("answers the same 404 for another workspace's campaign as for none", async () => {
    const mine = await createWorkspace();
    const theirs = await createWorkspace();
    const campaign = await createCampaign(theirs.workspaceId, theirs.userId);
    for (const campaignId of [campaign.id, randomUUID()]) {
      await expect(getCampaign({ workspaceId: mine.workspaceId, campaignId })).rejects.toMatchObject({
        kind: 'not_found',
        message: 'There is no such campaign.',
      });
    }
  });
});

describe('readCampaigns', () => {
  it('reads many of several workspaces, and a wrong pair finds nothing', async () => {
    const a = await createWorkspace();
    const b = await createWorkspace();
    const ofA = await createCampaign(a.workspaceId, a.userId);
    const ofB = await createCampaign(b.workspaceId, b.userId);
    const found = await readCampaigns([
      { workspaceId: a.workspaceId, campaignId: ofA.id },
      { workspaceId: b.workspaceId, campaignId: ofB.id },
      { workspaceId: a.workspaceId, campaignId: randomUUID() },
    ]);
    expect(new Set(found.map((c) => c.id))).toEqual(new Set([ofA.id, ofB.id]));
    expect(await readCampaigns([{ workspaceId: a.workspaceId, campaignId: ofB.id }])).toEqual([]);
  });
});
