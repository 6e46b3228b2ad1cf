import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { connect, database, type Sql } from '@/db/client';
import { senders } from '@/db/schema/senders';
import {
  FREE_S,
  KEPT_S,
  openLedger,
  readUsed,
  releaseAllPlaces,
  releasePlaces,
} from '@/lib/daily-limit/ledger';
import { readDailyUse, type DailyLimit } from '@/lib/daily-limit/use';
import { completeIfDrained } from '@/lib/engine/complete';
import { forgetDailyWaits, recordDailyWaits } from '@/lib/engine/daily-waits';
import { asWorkspaceId } from '@/lib/tenant';
import {
  assertBalanced,
  createActiveCampaign,
  createWorker,
  type ActiveCampaign,
} from '@/tests/support/engine';
import { useFreshDatabase } from '@/tests/support/fresh-database';
import { createCampaign, createSender } from '@/tests/support/rows';
import { tableActivity } from '@/tests/support/table-activity';
import { claimRecipients } from './claim';
import { releaseUnknownClaims } from './queue';

// Plans depend on the size of the whole table: this file needs a database of its own.
await useFreshDatabase();

const target = ({ workspaceId, id: campaignId, senderId }: ActiveCampaign) => ({
  workspaceId,
  campaignId,
  senderId,
});

async function portfolioOf(campaign: ActiveCampaign): Promise<string> {
  const [row] = await database()
    .db.select({ wabaId: senders.wabaId })
    .from(senders)
    .where(eq(senders.id, campaign.senderId));
  return row?.wabaId ?? '';
}

/** A campaign whose sender's portfolio may write to so many people a day. */
async function limitedCampaign(count: number, limit: number): Promise<[ActiveCampaign, DailyLimit]> {
  const campaign = await createActiveCampaign(count);
  const portfolio = await portfolioOf(campaign);
  await openLedger({ ...campaign, portfolio });
  return [campaign, { portfolio, revision: 0, limit }];
}

/** Another campaign to people of its own or, from the same `first`, to the same, from another number of the portfolio. */
async function sibling(of: ActiveCampaign, portfolio: string, count: number): Promise<ActiveCampaign> {
  const { workspaceId, actor } = of;
  const sender = await createSender(workspaceId, actor.userId, { wabaId: portfolio });
  const values = { status: 'active', rateLimit: 1000, startedAt: new Date() } as const;
  const row = await createCampaign(workspaceId, actor.userId, { count, senderId: sender.id, values });
  return { id: row.id, workspaceId: asWorkspaceId(row.workspaceId), senderId: sender.id, actor };
}

async function claim(
  campaign: ActiveCampaign,
  daily: DailyLimit | undefined,
  { workerId, max = 20, sql = database().sql }: { workerId: string; max?: number; sql?: Sql },
) {
  await sql`UPDATE rate_limits SET tat = now() - interval '1 day'
    WHERE workspace_id = ${campaign.workspaceId} AND id IN (${campaign.id}, ${campaign.senderId})`;
  return claimRecipients(
    { ...target(campaign), workerId, max, carried: 0, afterSeq: 0, catchUpMs: 0, daily },
    sql,
  );
}

/** Claims until nobody more is given; how many were. */
async function claimAll(campaign: ActiveCampaign, daily: DailyLimit, sql?: Sql): Promise<number> {
  const workerId = await createWorker();
  let all = 0;
  for (let got = 1; got > 0; all += got)
    got = (await claim(campaign, daily, { workerId, sql })).recipients.length;
  return all;
}

/** As if everything of the ledger had been sent so many seconds earlier. */
async function age(campaign: ActiveCampaign, seconds: number): Promise<void> {
  await database().sql`
    UPDATE daily_recipients SET last_at = last_at - make_interval(secs => ${seconds}::float8)
    WHERE workspace_id = ${campaign.workspaceId}`;
}

/** What is counted, and that it is what is there. */
async function used(campaign: ActiveCampaign): Promise<number | undefined> {
  const [row] = await database().sql<{ used: number; rows: number }[]>`
    SELECT (SELECT sum(used)::int FROM daily_limits WHERE workspace_id = ${campaign.workspaceId}) AS used,
      (SELECT count(*)::int FROM daily_recipients WHERE workspace_id = ${campaign.workspaceId}) AS rows`;
  expect(row?.used).toBe(row?.rows);
  return row?.used;
}

test('of 300 people under a limit of 250 exactly 250 are claimed, in the middle of a claim; the rest stays queued', async () => {
  const [campaign, daily] = await limitedCampaign(300, 250);
  const workerId = await createWorker();
  const sizes: number[] = [];
  let held = 0;
  for (let i = 0; i < 15; i += 1) {
    const { recipients, slots, heldByLimit } = await claim(campaign, daily, { workerId });
    expect(slots).toBe(recipients.length);
    sizes.push(recipients.length);
    held = heldByLimit;
  }
  expect(sizes).toEqual([...Array<number>(12).fill(20), 10, 0, 0]);
  expect(held).toBe(20);
  expect(await used(campaign)).toBe(250);
  await database().sql`UPDATE recipients SET state = 'accepted', accepted_at = now()
    WHERE campaign_id = ${campaign.id} AND state = 'sending'`;
  expect(await completeIfDrained(target(campaign))).toBe(false);
});

test('without a limit nothing is read or written of any ledger', async () => {
  const campaign = await createActiveCampaign(30);
  const { recipients, heldByLimit } = await claim(campaign, undefined, { workerId: await createWorker() });
  expect([recipients.length, heldByLimit]).toEqual([20, 0]);
  const rows = await database()
    .sql`SELECT 1 FROM daily_recipients WHERE workspace_id = ${campaign.workspaceId}`;
  expect(rows).toHaveLength(0);
});

test('two numbers of a portfolio and four workers at once never exceed it, and use all of it', async () => {
  const [first, daily] = await limitedCampaign(0, 157);
  await fill(first, 400, 0);
  const second = await sibling(first, daily.portfolio, 0);
  // Half of these are people of the first one too.
  await fill(second, 400, 200);
  const others = Array.from({ length: 4 }, () => connect(process.env.DATABASE_URL ?? ''));
  await Promise.all(others.map(({ sql }, i) => claimAll(i % 2 === 0 ? first : second, daily, sql)));
  await Promise.all(others.map(({ close }) => close()));
  // What was kept back while a claim was under way is looked for again, as the worker does.
  await claimAll(first, daily);
  await claimAll(second, daily);
  expect(await used(first)).toBe(157);
  const [row] = await database().sql<{ people: number }[]>`
    SELECT count(DISTINCT phone)::int AS people FROM recipients
    WHERE workspace_id = ${first.workspaceId} AND state = 'sending'`;
  expect(row?.people).toBe(157);
});

test('who was written to within the day is free, also when nothing is left', async () => {
  const [first, daily] = await limitedCampaign(10, 10);
  expect(await claimAll(first, daily)).toBe(10);
  // The same ten numbers and two more.
  const second = await sibling(first, daily.portfolio, 12);
  expect(await claimAll(second, daily)).toBe(10);
  expect(await used(first)).toBe(10);
});

test('places come free one after the other, a day after they were used; who is written to again keeps theirs', async () => {
  const [campaign, daily] = await limitedCampaign(30, 10);
  expect(await claimAll(campaign, daily)).toBe(10);
  await age(campaign, FREE_S - 60);
  expect(await releasePlaces({ ...campaign, ...daily })).toBe(0);
  expect(await claimAll(campaign, daily)).toBe(0);
  // Four of them are older.
  await database().sql`
    UPDATE daily_recipients SET last_at = last_at - interval '10 minutes'
    WHERE workspace_id = ${campaign.workspaceId} AND phone IN (
      SELECT phone FROM daily_recipients WHERE workspace_id = ${campaign.workspaceId} ORDER BY phone LIMIT 4)`;
  expect(await readUsed({ ...campaign, ...daily })).toBe(6);
  expect(await releasePlaces({ ...campaign, ...daily })).toBe(4);
  expect(await used(campaign)).toBe(6);
  expect(await claimAll(campaign, daily)).toBe(4);
  await age(campaign, KEPT_S + 60);
  expect(await releaseAllPlaces()).toBeGreaterThanOrEqual(10);
  expect(await used(campaign)).toBe(0);
  expect(await claimAll(campaign, daily)).toBe(10);
});

test('somebody about to fall out is counted anew and never twice', async () => {
  const [first, daily] = await limitedCampaign(5, 5);
  expect(await claimAll(first, daily)).toBe(5);
  await age(first, FREE_S + 60);
  const second = await sibling(first, daily.portfolio, 1);
  expect(await claimAll(second, daily)).toBe(0);
  expect(await claimAll(second, { ...daily, limit: 6 })).toBe(1);
  expect(await used(first)).toBe(5);
  await age(first, 300);
  // The one written to again stays.
  expect(await releasePlaces({ ...first, ...daily })).toBe(4);
  expect(await used(first)).toBe(1);
});

test('a raised limit acts at the next claim, a lowered one keeps everybody until enough fell out', async () => {
  const [campaign, daily] = await limitedCampaign(60, 10);
  expect(await claimAll(campaign, daily)).toBe(10);
  expect(await claimAll(campaign, { ...daily, limit: 25 })).toBe(15);
  expect(await claimAll(campaign, { ...daily, limit: 5 })).toBe(0);
  expect(await used(campaign)).toBe(25);
});

test('killed between the claim and the message, people stay counted and are free when they go again', async () => {
  const [campaign, daily] = await limitedCampaign(12, 10);
  const workerId = await createWorker();
  expect((await claim(campaign, daily, { workerId })).recipients).toHaveLength(10);
  expect(await releaseUnknownClaims({ ...target(campaign), workerId, heldIds: [] })).toBe(10);
  expect(await used(campaign)).toBe(10);
  // They are at the end of the queue now, behind two whom the limit keeps back.
  const again = await claim(campaign, daily, { workerId: await createWorker() });
  expect([again.recipients.length, again.heldByLimit]).toEqual([10, 2]);
  expect(await used(campaign)).toBe(10);
  await assertBalanced(campaign);
});

test('a portfolio without its row grants nothing', async () => {
  const campaign = await createActiveCampaign(5);
  const daily = { portfolio: await portfolioOf(campaign), revision: 0, limit: 250 };
  expect(await claimAll(campaign, daily)).toBe(0);
  await openLedger({ ...campaign, ...daily });
  expect(await claimAll(campaign, daily)).toBe(5);
});

test('who waits is said with when they go on, and not any more when nobody does', async () => {
  const [campaign, daily] = await limitedCampaign(25, 10);
  const of = { ...target(campaign), daily };
  expect(await recordDailyWaits(of)).toBe(15);
  expect(await claimAll(campaign, daily)).toBe(10);
  await age(campaign, 3_600);
  expect(await recordDailyWaits(of)).toBe(15);
  const read = () => database().sql<{ limit: number; used: number; next: number; last: number }[]>`
    SELECT day_limit AS limit, day_used AS used, extract(epoch FROM next_at - now())::float8 AS next,
      extract(epoch FROM last_at - now())::float8 AS last
    FROM campaign_waits WHERE campaign_id = ${campaign.id} AND reason = 'daily_limit'`;
  const [row] = await read();
  expect(row).toMatchObject({ limit: 10, used: 10 });
  const freeIn = KEPT_S - 3_600;
  expect(row?.next).toBeGreaterThan(freeIn - 60);
  expect(row?.next).toBeLessThan(freeIn + 60);
  // Five more than a day's worth: they get the places of the next ten.
  expect((row?.last ?? 0) - (row?.next ?? 0)).toBeGreaterThan(24 * 3600 - 1);
  expect((row?.last ?? 0) - (row?.next ?? 0)).toBeLessThan(24 * 3600 + 60);
  expect(await recordDailyWaits({ ...of, daily: { ...daily, limit: 25 } })).toBe(0);
  expect(await read()).toEqual([]);
  expect(await recordDailyWaits(of)).toBe(15);
  await forgetDailyWaits(of);
  expect(await read()).toEqual([]);
});

test('a sender says how much of the limit all numbers of its account have used', async () => {
  const [campaign, daily] = await limitedCampaign(7, 250);
  const of = target(campaign);
  expect(await readDailyUse(of)).toEqual({ limit: null, used: 0, left: null, next_at: null });
  await database().db.update(senders).set({ messagingLimit: 'TIER_250' }).where(eq(senders.id, of.senderId));
  expect(await readDailyUse(of)).toEqual({ limit: 250, used: 0, left: 250, next_at: null });
  const other = await sibling(campaign, daily.portfolio, 9);
  await claimAll(other, daily);
  const use = await readDailyUse(of);
  expect(use).toMatchObject({ limit: 250, used: 9, left: 241 });
  expect(Date.parse(use.next_at ?? '') - Date.now()).toBeGreaterThan(24 * 3_600_000);
});

async function fill(campaign: ActiveCampaign, count: number, first: number): Promise<void> {
  await database().sql`
    INSERT INTO recipients (workspace_id, campaign_id, id, phone, calling_code, cells)
    SELECT ${campaign.workspaceId}, ${campaign.id}, gen_random_uuid(), '+49' || (9000000000 + ${first}::int + n), 49, '["a","b"]'
    FROM generate_series(1, ${count}::int) n ORDER BY n`;
}

test('with a long queue and a long ledger a claim, a release and the words read what they need', async () => {
  const [campaign, daily] = await limitedCampaign(0, 100_000);
  await fill(campaign, 30_000, 0);
  const { workspaceId } = campaign;
  // As an autovacuum may leave it: when it looked, there were only a few people, of others.
  await database().sql`
    INSERT INTO daily_recipients (workspace_id, portfolio, phone, last_at)
    SELECT gen_random_uuid(), 'other', '+44' || n, now() FROM generate_series(1, 300) n`;
  await database().sql`ANALYZE daily_recipients`;
  await database().sql`
    INSERT INTO daily_recipients (workspace_id, portfolio, phone, last_at)
    SELECT ${workspaceId}, ${daily.portfolio}, '+44' || (7000000000 + n), now() - n * interval '0.5 s'
    FROM generate_series(1, 90000) n`;
  await database().sql`UPDATE daily_limits SET used = 90000 WHERE workspace_id = ${workspaceId}`;
  const { sql, close } = connect(process.env.DATABASE_URL ?? '', { max: 1, pointLookups: true });
  const workerId = await createWorker();
  const readBy = async (table: string, work: () => Promise<unknown>) => {
    const before = await tableActivity(table, sql);
    await work();
    const after = await tableActivity(table, sql);
    return after.read - before.read;
  };
  for (const statistics of ['stale', 'fresh']) {
    if (statistics === 'fresh') await sql`ANALYZE recipients, daily_recipients`;
    // Past five runs a prepared statement may switch to a generic plan.
    for (let i = 0; i < 7; i += 1) {
      const take = async () => {
        expect((await claim(campaign, daily, { workerId, sql })).recipients.length).toBe(20);
      };
      expect(await readBy('daily_recipients', take), `ledger; ${statistics}`).toBeLessThan(100);
      expect(await readBy('recipients', take), `queue; ${statistics}`).toBeLessThan(200);
      const release = () => releasePlaces({ workspaceId, portfolio: daily.portfolio }, sql);
      expect(await readBy('daily_recipients', release), `release; ${statistics}`).toBeLessThan(20);
    }
  }
  await close();
}, 60_000);
