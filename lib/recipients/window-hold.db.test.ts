import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { connect, database } from '@/db/client';
import { senders } from '@/db/schema/senders';
import { completeIfDrained } from '@/lib/engine/complete';
import { recordWindowWaits } from '@/lib/engine/window-waits';
import type { Closed } from '@/lib/send-window/closed';
import { placesByPrefix, prefixOf } from '@/lib/send-window/places';
import { sendWindowSchema } from '@/lib/send-window/schema';
import {
  assertBalanced,
  createActiveCampaign,
  createWorker,
  settlementOf,
  type ActiveCampaign,
} from '@/tests/support/engine';
import { useFreshDatabase } from '@/tests/support/fresh-database';
import { tableActivity } from '@/tests/support/table-activity';
import { claimRecipients } from './claim';
import { requeueRecipients, wakeDueRecipients } from './queue';
import { settleRecipients } from './settle';
import { countHeld, hasHeld, holdClosed, rejudgeHeld, ROWS_A_LOOK } from './window-hold';

// Plans depend on the size of the whole table: this file needs a database of its own.
await useFreshDatabase();

const WINDOW = sendWindowSchema.parse({ from: '09:00', to: '20:00' });
const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const HOUR_MS = 3_600_000;

/** Everybody in these places must wait for an hour. */
function closedIn(prefixes: string[], values: Partial<Closed> = {}): Closed {
  const opensAt = prefixes.map(() => Date.now() + HOUR_MS);
  return { window: WINDOW, prefixes, opensAt, validUntil: Date.now() + HOUR_MS, ...values };
}

/** A campaign whose sender has the window, with recipients by turns in India and in Germany. */
async function heldCampaign(count: number): Promise<ActiveCampaign> {
  const campaign = await createActiveCampaign(0, { totalRecipients: count });
  await database().db.update(senders).set({ sendWindow: WINDOW }).where(eq(senders.id, campaign.senderId));
  await fill(campaign, count);
  return campaign;
}

async function fill(campaign: ActiveCampaign, count: number): Promise<void> {
  const { workspaceId, id } = campaign;
  await database().sql`
    INSERT INTO recipients (workspace_id, campaign_id, id, phone, calling_code, cells)
    SELECT ${workspaceId}, ${id}, uuidv7(), CASE n % 2 WHEN 1 THEN '+91' ELSE '+49' END || (9000000000 + n),
      CASE n % 2 WHEN 1 THEN 91 ELSE 49 END, '["a","b"]'
    FROM generate_series(1, ${count}::int) n`;
  await database().sql`
    UPDATE campaign_counters SET pending = pending + ${count} WHERE campaign_id = ${id} AND slot = 0`;
}

const target = (campaign: ActiveCampaign) => ({
  workspaceId: campaign.workspaceId,
  campaignId: campaign.id,
  senderId: campaign.senderId,
});

async function claim(
  campaign: ActiveCampaign,
  closed: Closed | undefined,
  workerId: string,
  sql = database().sql,
) {
  await database()
    .sql`UPDATE rate_limits SET tat = now() - interval '1 day' WHERE workspace_id = ${campaign.workspaceId}`;
  const request = { ...target(campaign), workerId, max: 20, carried: 0, afterSeq: 0, catchUpMs: 0, closed };
  return claimRecipients(request, sql);
}

/** How many wait for their window, are claimable, and are claimed, by country. */
async function standings(campaign: ActiveCampaign): Promise<Record<string, string>> {
  const rows = await database().sql<{ code: number; held: number; pending: number; rest: number }[]>`
    SELECT calling_code AS code, count(*) FILTER (WHERE waits_for = 'window' AND retry_at IS NOT NULL)::int AS held,
      count(*) FILTER (WHERE pending)::int AS pending, count(*) FILTER (WHERE state <> 'queued')::int AS rest
    FROM recipients WHERE campaign_id = ${campaign.id} GROUP BY 1`;
  return Object.fromEntries(
    rows.map(({ code, held, pending, rest }) => [
      `+${code}`,
      `${held} held, ${pending} queued, ${rest} taken`,
    ]),
  );
}

test('a claim takes nobody whose window is closed and puts aside whom it met; at its time they are claimed', async () => {
  const campaign = await heldCampaign(20);
  const worker = await createWorker();
  const first = await claim(campaign, closedIn(['+91']), worker);
  expect(first.recipients.map(({ phone }) => phone.slice(0, 3))).toEqual(Array(10).fill('+49'));
  expect(first.slots).toBe(10);
  expect(await standings(campaign)).toEqual({
    '+91': '10 held, 0 queued, 0 taken',
    '+49': '0 held, 0 queued, 10 taken',
  });
  await settleRecipients(
    first.recipients.map((r) => settlementOf(campaign, worker, r, { kind: 'accepted', wamid: `w.${r.id}` })),
  );
  // The worker that put them aside may be gone by now: all there is to know is in the rows.
  expect(await completeIfDrained(target(campaign))).toBe(false);
  expect(await wakeDueRecipients(target(campaign))).toBe(0);
  await database()
    .sql`UPDATE recipients SET retry_at = now() WHERE campaign_id = ${campaign.id} AND retry_at IS NOT NULL`;
  expect(await wakeDueRecipients(target(campaign))).toBe(10);
  const other = await createWorker();
  const second = await claim(campaign, closedIn(['+49']), other);
  expect(second.recipients.map(({ phone }) => phone.slice(0, 3))).toEqual(Array(10).fill('+91'));
  await settleRecipients(
    second.recipients.map((r) => settlementOf(campaign, other, r, { kind: 'accepted', wamid: `w.${r.id}` })),
  );
  await assertBalanced(campaign);
  expect(await completeIfDrained(target(campaign))).toBe(true);
});

test('what a claim knows of the window and is not true any more grants nothing', async () => {
  const campaign = await heldCampaign(4);
  const worker = await createWorker();
  const expired = await claim(campaign, closedIn(['+91'], { validUntil: Date.now() - 1_000 }), worker);
  expect(expired).toMatchObject({ recipients: [], slots: 0, campaignActive: true, leaseValid: true });
  const other = sendWindowSchema.parse({ from: '09:00', to: '21:00' });
  const changed = await claim(campaign, closedIn([], { window: other }), worker);
  expect(changed).toMatchObject({ recipients: [], slots: 0 });
  expect((await claim(campaign, closedIn([]), worker)).recipients.length).toBe(4);
});

test('who is woken, retried or sent again at night is put aside again, and keeps the reason of the last failure', async () => {
  const campaign = await heldCampaign(2);
  const worker = await createWorker();
  const { recipients } = await claim(campaign, closedIn([]), worker);
  const failure = { errorCode: 131000, errorMessage: 'try later' };
  await settleRecipients(
    recipients.map((r, i) =>
      settlementOf(
        campaign,
        worker,
        r,
        i === 0 ? { kind: 'retry', waitMs: 1, ...failure } : { kind: 'failed', ...failure },
      ),
    ),
  );
  await database().sql`SELECT pg_sleep(0.01)`;
  expect(await countHeld(target(campaign))).toEqual([]);
  expect(await wakeDueRecipients(target(campaign))).toBe(1);
  await requeueRecipients(target(campaign), { what: 'failed' }, database().db);
  const night = closedIn(['+91', '+49']);
  expect(await holdClosed({ ...target(campaign), closed: night, afterSeq: 0 })).toMatchObject({
    looked: 2,
    held: 2,
  });
  expect((await claim(campaign, night, worker)).recipients).toEqual([]);
  const [row] = await database()
    .sql`SELECT error_message FROM recipients WHERE campaign_id = ${campaign.id} AND id = ${recipients[0]?.id ?? ''}`;
  expect(row?.error_message).toBe('try later');
  await assertBalanced(campaign);
});

test('a changed window is judged anew for those who wait: widened they are due at once, narrowed they wait longer', async () => {
  const campaign = await heldCampaign(40);
  const night = closedIn(['+91', '+49']);
  expect(await holdClosed({ ...target(campaign), closed: night, afterSeq: 0 })).toMatchObject({
    looked: 40,
    held: 40,
  });
  const later = closedIn(['+91'], { opensAt: [Date.now() + 2 * HOUR_MS] });
  const judged = await rejudgeHeld({ ...target(campaign), closed: later, afterId: FIRST_ID });
  expect(judged.looked).toBe(40);
  expect(await wakeDueRecipients(target(campaign))).toBe(20);
  expect(await countHeld(target(campaign))).toEqual([{ prefix: '+91', opensAt: later.opensAt[0], held: 20 }]);
  // No window any more.
  await rejudgeHeld({ ...target(campaign), closed: undefined, afterId: FIRST_ID });
  expect(await wakeDueRecipients(target(campaign))).toBe(20);
  expect(await hasHeld(target(campaign))).toBe(false);
  await assertBalanced(campaign);
});

test('two workers that put the same people aside at once, and a third that claims, each get their own', async () => {
  const campaign = await heldCampaign(600);
  const others = [connect(process.env.DATABASE_URL ?? ''), connect(process.env.DATABASE_URL ?? '')];
  const worker = await createWorker();
  const closed = closedIn(['+91']);
  const [looks, taken] = await Promise.all([
    Promise.all(others.map(({ sql }) => holdClosed({ ...target(campaign), closed, afterSeq: 0 }, sql))),
    claim(campaign, closed, worker),
  ]);
  await Promise.all(others.map(({ close }) => close()));
  expect(taken.recipients.every(({ phone }) => phone.startsWith('+49'))).toBe(true);
  await holdClosed({ ...target(campaign), closed, afterSeq: 0 });
  expect(looks.reduce((sum, { held }) => sum + held, 0)).toBeLessThanOrEqual(300);
  expect((await standings(campaign))['+91']).toBe('300 held, 0 queued, 0 taken');
});

test('a statement finds where a number is as the programs do', async () => {
  const campaign = await heldCampaign(0);
  const phones: [string, number][] = [
    ['+12125551234', 1],
    ['+18765551234', 1],
    ['+15555551234', 1],
    ['+77012345678', 7],
    ['+76012345678', 7],
    ['+262639012345', 262],
    ['+33612345678', 33],
    ['+80012345678', 800],
  ];
  for (const [phone, code] of phones)
    await database().sql`
      INSERT INTO recipients (workspace_id, campaign_id, id, phone, calling_code, cells)
      VALUES (${campaign.workspaceId}, ${campaign.id}, gen_random_uuid(), ${phone}, ${code}, '[]')`;
  const closed = closedIn([...placesByPrefix().keys()]);
  await holdClosed({ ...target(campaign), closed, afterSeq: 0 });
  const held = (await countHeld(target(campaign))).map(({ prefix }) => prefix).sort();
  expect(held).toEqual(phones.map(([phone, code]) => prefixOf(phone, code)).sort());
  expect(held).toEqual(['+1', '+1212', '+1876', '+262639', '+33', '+7', '+77', '+800']);
});

test('who waits is counted by place for the pages, until nobody does', async () => {
  const campaign = await heldCampaign(6);
  const of = target(campaign);
  const opensAt = [Date.UTC(2027, 0, 4, 3, 30), Date.UTC(2027, 0, 4, 8)];
  await holdClosed({ ...of, closed: closedIn(['+91', '+49'], { opensAt }), afterSeq: 0 });
  expect(await recordWindowWaits(of)).toBe(6);
  const read = () => database().sql<{ waiting: number; places: unknown }[]>`
    SELECT waiting, places FROM campaign_waits WHERE campaign_id = ${campaign.id} AND reason = 'window'`;
  const [row] = await read();
  const places = typeof row?.places === 'string' ? (JSON.parse(row.places) as unknown) : row?.places;
  expect(row?.waiting).toBe(6);
  expect(places).toEqual([
    { country: 'IN', waiting: 3, until: '2027-01-04T03:30:00.000Z', local_time: '09:00' },
    { country: 'DE', waiting: 3, until: '2027-01-04T08:00:00.000Z', local_time: '09:00' },
  ]);
  await rejudgeHeld({ ...of, closed: undefined, afterId: FIRST_ID });
  await wakeDueRecipients(of);
  expect(await recordWindowWaits(of)).toBe(0);
  expect(await read()).toEqual([]);
});

test('of a long campaign, looks read what they look at and claims what they take, also behind thousands who wait', async () => {
  const campaign = await heldCampaign(40_000);
  await fill(await heldCampaign(0), 20_000);
  const { sql, close } = connect(process.env.DATABASE_URL ?? '', { max: 1, pointLookups: true });
  const closed = closedIn(['+91']);
  const worker = await createWorker();
  const readBy = async (work: () => Promise<unknown>) => {
    const before = await tableActivity('recipients', sql);
    await work();
    return (await tableActivity('recipients', sql)).read - before.read;
  };
  let afterSeq = 0;
  for (const statistics of ['none', 'fresh']) {
    if (statistics === 'fresh') await sql`ANALYZE recipients`;
    for (let i = 0; i < 2; i += 1) {
      const read = await readBy(async () => {
        const look = await holdClosed({ ...target(campaign), closed, afterSeq }, sql);
        expect(look).toMatchObject({ looked: ROWS_A_LOOK, held: ROWS_A_LOOK / 2 });
        afterSeq = look.lastSeq ?? 0;
      });
      expect(read, `look; ${statistics}`).toBeLessThan(3 * ROWS_A_LOOK);
      const claimed = await readBy(async () => {
        expect((await claim(campaign, closed, worker, sql)).recipients.length).toBe(20);
      });
      expect(claimed, `claim; ${statistics}`).toBeLessThan(200);
      const judged = await readBy(() => rejudgeHeld({ ...target(campaign), closed, afterId: FIRST_ID }, sql));
      expect(judged, `judge; ${statistics}`).toBeLessThan(4 * ROWS_A_LOOK);
    }
  }
  await close();
}, 60_000);
