import { eq } from 'drizzle-orm';
import { afterAll, describe, expect, it, test } from 'vitest';
import { connect, database, type Sql } from '@/db/client';
import { senders } from '@/db/schema/senders';
import { eraseFromLedger, openLedger } from '@/lib/daily-limit/ledger';
import { readDailyLimit, readDailyUse } from '@/lib/daily-limit/use';
import { claimRecipients } from '@/lib/recipients/claim';
import { asWorkspaceId, type WorkspaceId } from '@/lib/tenant';
import type { GraphPhoneNumber } from '@/lib/whatsapp/graph';
import { createWorker, type ActiveCampaign } from '@/tests/support/engine';
import { createCampaign, createSender, createWorkspace } from '@/tests/support/rows';
import { portfolioOf } from './portfolio';
import { storeNumber } from './refresh-number';

afterAll(() => database().close());

const P1 = '700000000000001';
const P2 = '700000000000002';

function numberOf(portfolios: readonly string[], tier: string | null = null): GraphPhoneNumber {
  const named = portfolios.map((id) => ({ entity_type: 'BUSINESS', id, errors: [] }));
  return {
    ...{ quality_rating: 'GREEN', status: 'CONNECTED', throughput: null, display_phone_number: null },
    verified_name: null,
    whatsapp_business_manager_messaging_limit: tier,
    health_status: {
      can_send_message: 'AVAILABLE',
      entities: [{ entity_type: 'WABA', id: '1', errors: [] }, ...named],
    },
  };
}

/** What WhatsApp says of a campaign's number is kept, as a sync does it. */
async function say(campaign: ActiveCampaign, portfolio: string | null, tier?: string): Promise<void> {
  const { workspaceId, senderId } = campaign;
  const number = numberOf(portfolio === null ? [] : [portfolio], tier);
  await storeNumber({ workspaceId, senderId, number }, database().db);
}

interface Shop {
  workspaceId: WorkspaceId;
  /** A running campaign from a number of its own, of an account of its own unless said; its people's numbers from `first` on. */
  open: (count: number, first: number, account?: string) => Promise<ActiveCampaign & { account: string }>;
}

/** Of all its numbers the same limit is known, and nothing of a portfolio. */
async function openShop(tier: string): Promise<Shop> {
  const actor = await createWorkspace();
  const workspaceId = asWorkspaceId(actor.workspaceId);
  return {
    workspaceId,
    open: async (count, first, account) => {
      const more = { messagingLimit: tier, ...(account !== undefined && { wabaId: account }) };
      const sender = await createSender(workspaceId, actor.userId, more);
      const values = { status: 'active', rateLimit: 1000, startedAt: new Date() } as const;
      const row = await createCampaign(workspaceId, actor.userId, { count: 0, senderId: sender.id, values });
      await database().sql`
        INSERT INTO recipients (workspace_id, campaign_id, id, phone, calling_code, cells)
        SELECT ${workspaceId}, ${row.id}, gen_random_uuid(), '+49' || (9000000000 + ${first}::int + n), 49, '["a","b"]'
        FROM generate_series(1, ${count}::int) n ORDER BY n`;
      return { id: row.id, workspaceId, senderId: sender.id, actor, account: sender.wabaId };
    },
  };
}

/** What a worker knows of the limit at a moment. */
async function known(campaign: ActiveCampaign) {
  const daily = await readDailyLimit(campaign);
  if (!daily) throw new Error('no limit');
  await openLedger({ ...campaign, ...daily });
  return daily;
}

async function claim(
  campaign: ActiveCampaign,
  daily: Awaited<ReturnType<typeof known>>,
  { max = 7, sql = database().sql, workerId }: { max?: number; sql?: Sql; workerId?: string } = {},
): Promise<number> {
  await sql`UPDATE rate_limits SET tat = now() - interval '1 day'
    WHERE workspace_id = ${campaign.workspaceId} AND id IN (${campaign.id}, ${campaign.senderId})`;
  const { workspaceId, id: campaignId, senderId } = campaign;
  const by = workerId ?? (await createWorker());
  const request = { workspaceId, campaignId, senderId, workerId: by, max, carried: 0, afterSeq: 0 };
  return (await claimRecipients({ ...request, catchUpMs: 0, daily }, sql)).recipients.length;
}

/** As a worker of its own connection does it, reading the limit anew as rarely as it likes, until nobody is left for it. */
async function work(campaign: ActiveCampaign, reread = 1): Promise<number> {
  const { sql, close } = connect(process.env.DATABASE_URL ?? '');
  const workerId = await createWorker();
  let [all, idle, daily] = [0, 0, await known(campaign)];
  for (let i = 1; idle < 4; i += 1) {
    if (i % reread === 0) daily = await known(campaign);
    const got = await claim(campaign, daily, { sql, workerId });
    idle = got === 0 ? idle + 1 : 0;
    all += got;
  }
  await close();
  return all;
}

/** The other one is at the lock; or, if nothing holds it up, long done. */
const untilWaiting = () => new Promise((resolve) => setTimeout(resolve, 300));

/** People who were claimed, and what is counted of each ledger; everywhere that is what is there. */
async function counts(workspaceId: WorkspaceId): Promise<{ people: number; used: Record<string, number> }> {
  const ledgers = await database().sql<{ portfolio: string; used: number; rows: number }[]>`
    SELECT portfolio, used, (SELECT count(*)::int FROM daily_recipients d
      WHERE d.workspace_id = l.workspace_id AND d.portfolio = l.portfolio) AS rows
    FROM daily_limits l WHERE workspace_id = ${workspaceId}`;
  for (const { used, rows } of ledgers) expect(used).toBe(rows);
  const [row] = await database().sql<{ people: number }[]>`
    SELECT count(DISTINCT phone)::int AS people FROM recipients
    WHERE workspace_id = ${workspaceId} AND state = 'sending'`;
  const used = Object.fromEntries(ledgers.map(({ portfolio, used: n }) => [portfolio, n]));
  return { people: row?.people ?? 0, used };
}

describe('the portfolio of a number', () => {
  it('is the one that WhatsApp names; none, or one of several, is not known', () => {
    expect(portfolioOf(numberOf([P1]))).toBe(P1);
    expect(portfolioOf(numberOf([P1, P1]))).toBe(P1);
    expect(portfolioOf(numberOf([]))).toBeNull();
    expect(portfolioOf(numberOf([P1, P2]))).toBeNull();
    expect(portfolioOf({ ...numberOf([P1]), health_status: null })).toBeNull();
  });

  it('is that of all numbers of its account, also of one added later, and stays when it is not named any more', async () => {
    const shop = await openShop('TIER_250');
    const first = await shop.open(0, 0);
    const second = await shop.open(0, 0, first.account);
    const stranger = await shop.open(0, 0);
    expect(await readDailyLimit(first)).toEqual({ portfolio: first.account, revision: 0, limit: 250 });
    await say(first, P1);
    await say(first, null);
    const third = await shop.open(0, 0, first.account);
    for (const each of [first, second, third])
      expect(await readDailyLimit(each)).toEqual({ portfolio: P1, revision: 0, limit: 250 });
    expect(await readDailyLimit(stranger)).toMatchObject({ portfolio: stranger.account });
    await say(third, null);
    const [row] = await database().db.select().from(senders).where(eq(senders.id, third.senderId));
    expect(row?.portfolioId).toBe(P1);
  });

  it('tells all its accounts the limit that WhatsApp says for one, and nobody else', async () => {
    const shop = await openShop('TIER_250');
    const [first, second, stranger] = [await shop.open(0, 0), await shop.open(0, 0), await shop.open(0, 0)];
    await say(second, P1, 'TIER_250');
    await say(stranger, P2, 'TIER_250');
    await say(first, P1, 'TIER_2K');
    expect((await readDailyLimit(second))?.limit).toBe(2_000);
    expect((await readDailyLimit(stranger))?.limit).toBe(250);
  });
});

describe('two accounts of one portfolio', () => {
  it('send to exactly the limit together, reached in the middle of a batch by two workers at once', async () => {
    const shop = await openShop('TIER_250');
    const [first, second] = [await shop.open(400, 0), await shop.open(400, 200)];
    for (const each of [first, second]) await say(each, P1, 'TIER_50');
    await Promise.all([work(first), work(second)]);
    // A claim that saw too few left, as another one was under way, is made again by a worker.
    await work(first);
    expect(await counts(shop.workspaceId)).toMatchObject({ people: 50, used: { [P1]: 50 } });
    expect(await readDailyUse(second)).toMatchObject({ limit: 50, used: 50, left: 0 });
  });

  it('count those written to before that was known, and nothing is granted to who knows only the account', async () => {
    const shop = await openShop('TIER_50');
    const [first, second] = [await shop.open(400, 0), await shop.open(400, 1_000)];
    const [before, other] = [await known(first), await known(second)];
    expect(await claim(first, before, { max: 20 })).toBe(20);
    expect(await claim(second, other, { max: 18 })).toBe(18);
    await say(first, P1);
    await say(second, P1);
    for (const [campaign, daily] of [
      [first, before],
      [second, other],
    ] as const) {
      expect(await claim(campaign, daily)).toBe(0);
      // Also after a process that begins with what it read before.
      await openLedger({ ...campaign, ...daily });
      expect(await claim(campaign, daily)).toBe(0);
    }
    expect(await claim(second, await known(second), { max: 20 })).toBe(12);
    expect(await counts(shop.workspaceId)).toMatchObject({ people: 50, used: { [P1]: 50 } });
  });

  it('grant nothing to a claim that waited while it became known, and count one that came before', async () => {
    const shop = await openShop('TIER_50');
    const first = await shop.open(400, 0);
    const before = await known(first);
    const { sql, close } = connect(process.env.DATABASE_URL ?? '');
    const waited: Promise<number>[] = [];
    await database().db.transaction(async (tx) => {
      const { workspaceId, senderId } = first;
      await storeNumber({ workspaceId, senderId, number: numberOf([P1]) }, tx);
      waited.push(claim(first, before, { sql, workerId: await createWorker() }));
      await untilWaiting();
    });
    expect(await waited[0]).toBe(0);
    await close();
    expect(await counts(shop.workspaceId)).toMatchObject({ people: 0, used: { [P1]: 0 } });
  });

  it('keep everybody counted while workers send, who read the limit now and then, and it becomes known of both at once', async () => {
    const shop = await openShop('TIER_250');
    const [first, second] = [await shop.open(600, 0), await shop.open(600, 300)];
    for (const each of [first, second]) await claim(each, await known(each), { max: 20 });
    const working = [work(first, 2), work(first, 5), work(second, 3), work(second, 4)];
    await Promise.all([say(first, P1), say(second, P1), say(first, P1)]);
    const { used: then } = await counts(shop.workspaceId);
    await Promise.all(working);
    await work(first);
    await work(second);
    const { people, used } = await counts(shop.workspaceId);
    expect(used[P1]).toBe(people);
    expect(people).toBe(Math.max(250, then[P1] ?? 0));
  });
});

test('an account that goes over to another portfolio counts there whoever it may have written to; the others stay', async () => {
  const shop = await openShop('TIER_50');
  const [first, second] = [await shop.open(400, 0), await shop.open(400, 1_000)];
  for (const each of [first, second]) await say(each, P1);
  const before = await known(second);
  await claim(first, await known(first), { max: 20 });
  await claim(second, before, { max: 10 });
  await say(first, P2);
  expect((await counts(shop.workspaceId)).used).toMatchObject({ [P1]: 30, [P2]: 30 });
  expect(await claim(second, before)).toBe(0);
  expect(await claim(second, await known(second), { max: 100 })).toBe(20);
  expect(await claim(first, await known(first), { max: 100 })).toBe(20);
  await say(first, P1);
  await say(second, P2);
  expect((await counts(shop.workspaceId)).used).toMatchObject({ [P1]: 70, [P2]: 70 });
});

test('somebody who is erased while a portfolio becomes known is in no ledger afterwards', async () => {
  const shop = await openShop('TIER_50');
  const first = await shop.open(10, 0);
  await claim(first, await known(first), { max: 10 });
  const { workspaceId, senderId } = first;
  const { db } = database();
  const erase = (phone: string) => (tx: typeof db) => eraseFromLedger({ workspaceId, phone }, tx);
  const join = (portfolio: string) => (tx: typeof db) =>
    storeNumber({ workspaceId, senderId, number: numberOf([portfolio]) }, tx);
  for (const [phone, begun, meanwhile] of [
    ['+499000000003', join(P1), erase('+499000000003')],
    ['+499000000004', erase('+499000000004'), join(P2)],
  ] as const) {
    const second: Promise<void>[] = [];
    await db.transaction(async (tx) => {
      await begun(tx);
      second.push(db.transaction(meanwhile));
      await untilWaiting();
    });
    await Promise.all(second);
    const left = await database().sql`
      SELECT 1 FROM daily_recipients WHERE workspace_id = ${workspaceId} AND phone = ${phone}`;
    expect(left).toHaveLength(0);
  }
  expect((await counts(workspaceId)).used).toMatchObject({ [P1]: 10, [P2]: 10 });
});
