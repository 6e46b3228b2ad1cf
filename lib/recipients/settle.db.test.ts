import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect, database } from '@/db/client';
import {
  assertBalanced,
  claimSome,
  createActiveCampaign,
  createWorker,
  settlementOf,
  statusCounts,
  type ActiveCampaign,
} from '@/tests/support/engine';
import { recount } from '@/tests/support/receipts';
import { recipientsOf } from '@/tests/support/rows';
import { settleRecipients, type Result } from './settle';

let campaign: ActiveCampaign;
let worker: string;

beforeEach(async () => {
  campaign = await createActiveCampaign(6);
  worker = await createWorker();
});

afterEach(() => assertBalanced(campaign));

const error = { errorCode: 131026, errorMessage: 'Undeliverable' };
const wamid = () => `wamid.${randomUUID()}`;

test('each result puts its recipient where it belongs', async () => {
  const rows = await claimSome(campaign, worker, 6);
  const results: Result[] = [
    { kind: 'accepted', wamid: wamid() },
    { kind: 'failed', ...error },
    { kind: 'retry', waitMs: 60_000, ...error },
    { kind: 'snoozed', waitMs: 0, pairRefusal: false },
    { kind: 'snoozed', waitMs: 4000, pairRefusal: true },
    { kind: 'in_doubt', errorCode: null, errorMessage: 'timeout' },
  ];
  const batch = rows.map((r, i) => settlementOf(campaign, worker, r, results[i] as Result));
  expect(await settleRecipients(batch)).toBe(6);
  const after = await recipientsOf(campaign);
  expect(after.map((r) => [r.status, r.state, r.pending, r.attempt, r.retryAt !== null])).toEqual([
    ['sent', 'accepted', false, 1, false],
    ['failed', 'failed', false, 1, false],
    ['pending', 'queued', false, 1, true],
    ['pending', 'queued', true, 0, false],
    ['pending', 'queued', false, 0, true],
    ['unconfirmed', 'in_doubt', false, 1, false],
  ]);
  expect(after[1]).toMatchObject(error);
  expect(after[4]?.pairRefusals).toBe(1);
  const seqs = rows.map((r) => r.seq);
  expect(after[3]?.seq).toBeGreaterThan(Math.max(...seqs)); // behind every low-water mark
});

test('settling twice changes nothing the second time', async () => {
  const [row] = await claimSome(campaign, worker, 1);
  if (!row) throw new Error('nobody');
  const settlement = settlementOf(campaign, worker, row, { kind: 'accepted', wamid: wamid() });
  expect(await settleRecipients([settlement])).toBe(1);
  expect(await settleRecipients([settlement])).toBe(0);
});

test('a late acceptance settles what was taken for lost', async () => {
  const [row] = await claimSome(campaign, worker, 1);
  if (!row) throw new Error('nobody');
  await settleRecipients([
    settlementOf(campaign, worker, row, { kind: 'in_doubt', errorCode: null, errorMessage: 'x' }),
  ]);
  expect(await statusCounts(campaign)).toMatchObject({ unconfirmed: 1 });
  const late = settlementOf(campaign, randomUUID(), row, { kind: 'accepted', wamid: wamid() });
  expect(await settleRecipients([late])).toBe(1);
  expect(await statusCounts(campaign)).toEqual({ sent: 1, pending: 5 });
});

test("a result of another worker's claim, or of another attempt, changes nothing", async () => {
  const [row] = await claimSome(campaign, worker, 1);
  if (!row) throw new Error('nobody');
  const accepted: Result = { kind: 'accepted', wamid: wamid() };
  expect(await settleRecipients([settlementOf(campaign, randomUUID(), row, accepted)])).toBe(0);
  expect(await settleRecipients([settlementOf(campaign, worker, { ...row, attempt: 2 }, accepted)])).toBe(0);
  expect(await statusCounts(campaign)).toEqual({ sending: 1, pending: 5 });
});

test('two processes settling overlapping rows in opposite order neither deadlock nor count twice', async () => {
  const rows = await claimSome(campaign, worker, 6);
  const batch = rows.map((r) => settlementOf(campaign, worker, r, { kind: 'accepted', wamid: wamid() }));
  const other = connect(process.env.DATABASE_URL ?? '');
  const settled = await Promise.all([
    settleRecipients(batch),
    settleRecipients([...batch].reverse(), other.sql),
  ]);
  await other.close();
  expect(settled.reduce((a, b) => a + b)).toBe(6);
  expect(await statusCounts(campaign)).toEqual({ sent: 6 });
  const [books] = await database()
    .sql`SELECT sum(sent)::int AS sent FROM campaign_counters WHERE campaign_id = ${campaign.id}`;
  expect(books).toEqual({ sent: 6 });
});

test.each<Result>([
  { kind: 'snoozed', waitMs: 0, pairRefusal: false },
  { kind: 'retry', waitMs: 1000, ...error },
  { kind: 'in_doubt', ...error },
])('somebody an earlier attempt has reached meanwhile is not sent to again: $kind', async (result) => {
  const [row] = await claimSome(campaign, worker, 1);
  if (!row) throw new Error('nobody');
  await database().sql`UPDATE recipients SET delivered_at = now() WHERE id = ${row.id}`;
  await recount(campaign);
  await settleRecipients([settlementOf(campaign, worker, row, result)]);
  const [after] = (await recipientsOf(campaign)).filter((r) => r.id === row.id);
  expect(after).toMatchObject({ state: 'accepted', status: 'delivered', pending: false, retryAt: null });
});
