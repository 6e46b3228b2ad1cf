import { randomUUID } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { database } from '@/db/client';
import { retryRecipients } from '@/lib/engine/retry';
import { addOptOuts } from '@/lib/opt-outs/mutations';
import {
  assertBalanced,
  claimSome,
  createActiveCampaign,
  createWorker,
  settlementOf,
  statusCounts,
} from '@/tests/support/engine';
import { placeRecipient, receiptOf, recountFailures } from '@/tests/support/receipts';
import { createCampaign, createWorkspace, recipientsOf } from '@/tests/support/rows';
import { exportRecipients } from './export';
import { listFailures } from './failures';
import { listRecipients } from './queries';
import { applyReceipts } from './receipts';
import { settleRecipients, type Result } from './settle';
import { getRecipient } from './timeline';

const failed = (errorCode: number | null): Result => ({
  kind: 'failed',
  errorCode,
  errorMessage: `Refused with ${errorCode}`,
});

/** Eight recipients: three failed with 131026, two with 131049, one without a code, one sent, one waiting. */
async function setUp() {
  const campaign = await createActiveCampaign(8);
  const worker = await createWorker();
  const results: Result[] = [
    ...[131026, 131026, 131026, 131049, 131049, null].map(failed),
    { kind: 'accepted', wamid: `wamid.${randomUUID()}` },
  ];
  const rows = await claimSome(campaign, worker, results.length);
  await settleRecipients(rows.map((r, i) => settlementOf(campaign, worker, r, results[i] as Result)));
  const key = { workspaceId: campaign.workspaceId, campaignId: campaign.id };
  return { campaign, worker, key };
}

describe('listFailures', () => {
  it('groups the failed by code with what it means and what to do, the largest first', async () => {
    const { key } = await setUp();
    const groups = await listFailures(key);
    expect(groups.map(({ error_code, count }) => [error_code, count])).toEqual([
      [131026, 3],
      [131049, 2],
      [null, 1],
    ]);
    expect(groups[0]).toMatchObject({
      retry_advice: 'never',
      offers_suppression: true,
      retry_from: null,
      sample_message: 'Refused with 131026',
    });
    expect(groups[0]?.meaning).toMatch(/not on WhatsApp/);
    const [, capped] = groups;
    expect(Date.parse(capped?.retry_from ?? '') - Date.parse(capped?.last_failed_at ?? '')).toBe(86_400_000);
  });

  it('counts nobody who was reached after all, and nothing of another workspace', async () => {
    const { campaign, key } = await setUp();
    const reached = (await recipientsOf(campaign)).filter(({ errorCode }) => errorCode === 131049);
    await applyReceipts(reached.map(({ id }) => receiptOf(campaign, id, 'delivered')));
    expect((await listFailures(key)).map(({ error_code }) => error_code)).toEqual([131026, null]);
    await assertBalanced(campaign);
    const { workspaceId } = await createWorkspace();
    await expect(listFailures({ ...key, workspaceId })).rejects.toMatchObject({ kind: 'not_found' });
  });
});

const NONE_WAITS = { waiting: 0, waitingUntil: null };

test('a retry by code puts back just those, and the books balance', async () => {
  const { campaign } = await setUp();
  const command = { actor: campaign.actor, campaignId: campaign.id, include: ['failed' as const] };
  expect(await retryRecipients({ ...command, errorCodes: [131026, null] })).toEqual({
    retried: 4,
    ...NONE_WAITS,
  });
  expect(await statusCounts(campaign)).toEqual({ failed: 2, pending: 5, sent: 1 });
  expect(await retryRecipients({ ...command, errorCodes: [4711] })).toEqual({ retried: 0, ...NONE_WAITS });
  await assertBalanced(campaign);
});

describe('who is limited by WhatsApp (131049)', () => {
  /** Both of them; the first one's failure is this long ago. */
  async function setUpLimited(hoursAgo: number) {
    const { campaign, key } = await setUp();
    const limited = (await recipientsOf(campaign)).filter(({ errorCode }) => errorCode === 131049);
    await placeRecipient(
      campaign,
      limited[0]?.id ?? '',
      `failed_at = now() - make_interval(mins => ${hoursAgo * 60})`,
    );
    const retry = (errorCodes?: (number | null)[]) =>
      retryRecipients({ actor: campaign.actor, campaignId: campaign.id, include: ['failed'], errorCodes });
    return { campaign, key, retry, limited };
  }

  it('goes again with all the failed where no code is named, as the contract says', async () => {
    const { campaign, retry } = await setUpLimited(1);
    expect(await retry()).toEqual({ retried: 6, ...NONE_WAITS });
    expect(await statusCounts(campaign)).toEqual({ pending: 7, sent: 1 });
  });

  it('goes again by its code 24 hours after the failure, and not before; the others are told of', async () => {
    const { campaign, key, retry, limited } = await setUpLimited(24.1);
    const groupOf = async () => (await listFailures(key)).find(({ error_code }) => error_code === 131049);
    expect(await groupOf()).toMatchObject({ count: 2, retry_ready: 1 });
    const answer = await retry([131049, null]);
    const until = (limited[1]?.failedAt?.getTime() ?? 0) + 86_400_000;
    expect(answer).toEqual({ retried: 2, waiting: 1, waitingUntil: new Date(until) });
    const states = (await recipientsOf(campaign)).filter(({ id }) => limited.some((each) => each.id === id));
    expect(states.map(({ status }) => status)).toEqual(['pending', 'failed']);
    expect(await groupOf()).toMatchObject({ count: 1, retry_ready: 0 });
    await assertBalanced(campaign);
  });

  it('is refused with the time from which it is possible, while all of them must wait', async () => {
    const { campaign, key, retry, limited } = await setUpLimited(23.9);
    const from = Date.now() + 6 * 60_000;
    const refused: unknown = await retry([131049]).catch((error: unknown) => error);
    expect(refused).toMatchObject({ kind: 'conflict', code: 'retry_too_soon' });
    const [told] = /\d{4}-\d\d-\d\dT[\d:.]+Z/.exec((refused as Error).message) ?? [];
    expect(Math.abs(Date.parse(told ?? '') - from)).toBeLessThan(60_000);
    expect((await listFailures(key)).find(({ error_code }) => error_code === 131049)).toMatchObject({
      retry_ready: 0,
    });
    await placeRecipient(campaign, limited[0]?.id ?? '', `failed_at = now() - interval '25 hours'`);
    await placeRecipient(campaign, limited[1]?.id ?? '', `failed_at = now() - interval '24 hours 1 second'`);
    expect(await retry([131049])).toEqual({ retried: 2, ...NONE_WAITS });
  });
});

test('only causes that may get better are counted as ready for a retry', async () => {
  const { key } = await setUp();
  const ready = (await listFailures(key)).map(({ error_code, retry_ready }) => [error_code, retry_ready]);
  expect(ready).toEqual([
    [131026, 0],
    [131049, 0],
    [null, 1],
  ]);
});

test('list and export show the failed of one code, and those without one', async () => {
  const { key } = await setUp();
  const listed = await listRecipients({ ...key, errorCode: 131049, limit: 10 });
  expect(listed.recipients.map(({ error_code, status }) => [error_code, status])).toEqual([
    [131049, 'failed'],
    [131049, 'failed'],
  ]);
  expect((await listRecipients({ ...key, errorCode: null, limit: 10 })).recipients).toHaveLength(1);
  const file = await exportRecipients({ ...key, status: 'failed', errorCode: 131026 });
  expect(file.filename).toBe('Test-campaign-failed-131026.csv');
  const bytes = [];
  for await (const chunk of file.chunks) bytes.push(chunk);
  expect(Buffer.concat(bytes).toString('utf8').trim().split('\r\n')).toHaveLength(4);
});

describe('what stands on the do-not-contact list', () => {
  it('is told with the cause whose numbers belong there, as it is now', async () => {
    const { campaign, key } = await setUp();
    const suppressionOf = async () => (await listFailures(key)).map(({ suppression }) => suppression);
    expect(await suppressionOf()).toEqual([{ looked_up: 3, on_list: 0, complete: true }, null, null]);
    const rows = await recipientsOf(campaign);
    const phones = rows.map(({ phone }) => phone);
    const unreachable = rows.filter(({ errorCode }) => errorCode === 131026).map(({ phone }) => phone);
    await addOptOuts({ ...key, phones: unreachable.slice(0, 2), source: 'manual', reason: 'Asked' });
    const { workspaceId } = await createWorkspace();
    await addOptOuts({ workspaceId, phones, source: 'manual', reason: 'Asked elsewhere' });
    expect(await suppressionOf()).toEqual([{ looked_up: 3, on_list: 2, complete: true }, null, null]);
  });
});

describe('a campaign of 250,000 failures', () => {
  it('is grouped whole, from a few rows, and its numbers are looked up by their index', async () => {
    const { workspaceId, userId } = await createWorkspace();
    const campaign = await createCampaign(workspaceId, userId, { count: 0 });
    const key = { workspaceId, campaignId: campaign.id };
    await database().sql`
      INSERT INTO recipients (workspace_id, campaign_id, id, phone, calling_code, cells, pending, state, attempt, failed_at, error_code, error_message)
      SELECT ${workspaceId}, ${campaign.id}, gen_random_uuid(), '+1' || (2000000000 + n), 1, '[]', false, 'failed', 1, now(),
        CASE WHEN n % 2 = 0 THEN 131026 ELSE 131049 END, 'No'
      FROM generate_series(1, 250000) n`;
    await recountFailures(campaign);
    await database().sql`ANALYZE recipients`;
    const groups = await listFailures(key);
    expect(groups.map(({ count }) => count)).toEqual([125_000, 125_000]);
    expect(groups[0]?.suppression).toEqual({ looked_up: 10_000, on_list: 0, complete: false });
    const plan = await database().sql`
      EXPLAIN SELECT phone FROM recipients WHERE workspace_id = ${workspaceId} AND campaign_id = ${campaign.id}
        AND error_code = 131026 AND failed_at IS NOT NULL AND status = 'failed' AND starts_with(phone, '+')
      ORDER BY id LIMIT 10000`;
    expect(JSON.stringify(plan)).toContain('recipients_failed_code');
  }, 60_000);
});

describe('getRecipient', () => {
  it('tells each attempt with its end, in order', async () => {
    const { campaign, worker, key } = await setUp();
    await database().sql`
      UPDATE recipients SET failed_at = now() - interval '25 hours' WHERE campaign_id = ${campaign.id} AND error_code = 131049`;
    await retryRecipients({
      actor: campaign.actor,
      campaignId: campaign.id,
      include: ['failed'],
      errorCodes: [131049],
    });
    const rows = await claimSome(campaign, worker, 3);
    await settleRecipients(
      rows.map((r) =>
        settlementOf(campaign, worker, r, { kind: 'accepted', wamid: `wamid.${randomUUID()}` }),
      ),
    );
    const twice = (await recipientsOf(campaign)).find(({ attempt }) => attempt === 2);
    // Meta's clock is behind ours and has whole seconds: the order is that of the attempt all the same.
    await database().sql`
      UPDATE recipients SET sent_at = '2026-01-01', delivered_at = '2026-01-01' WHERE id = ${twice?.id ?? ''}`;
    const { timeline, status } = await getRecipient({ ...key, recipientId: twice?.id ?? '' });
    expect(status).toBe('delivered');
    expect(timeline.map(({ attempt, kind, error_code }) => [attempt, kind, error_code])).toEqual([
      [1, 'begun', null],
      [1, 'failed', 131049],
      [2, 'begun', null],
      [2, 'accepted', null],
      [2, 'sent', null],
      [2, 'delivered', null],
    ]);
  });

  it('says nothing of one that still waits, and nothing to another workspace', async () => {
    const { campaign, key } = await setUp();
    const waiting = (await recipientsOf(campaign)).find(({ state }) => state === 'queued');
    const recipientId = waiting?.id ?? '';
    expect((await getRecipient({ ...key, recipientId })).timeline).toEqual([]);
    const { workspaceId } = await createWorkspace();
    for (const of of [
      { ...key, workspaceId, recipientId },
      { ...key, recipientId: randomUUID() },
    ])
      await expect(getRecipient(of)).rejects.toMatchObject({ kind: 'not_found' });
  });
});
