import { eq } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { database } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import type { AutoRetry } from '@/lib/auto-retry/schema';
import { settleRecipients } from '@/lib/recipients/settle';
import {
  assertBalanced,
  claimSome,
  createActiveCampaign,
  createWorker,
  settlementOf,
  statusCounts,
  type ActiveCampaign,
} from '@/tests/support/engine';
import { listAutoRetryCampaigns, retryByItself } from './auto-retry';
import { completeIfDrained } from './complete';

afterAll(() => database().close());

const LIMITED = 131049;
const UNKNOWN = 424242;

/** One recipient after the other fails with these codes. */
async function fail(campaign: ActiveCampaign, codes: (number | null)[]): Promise<void> {
  const worker = await createWorker();
  const claimed = await claimSome(campaign, worker, codes.length);
  const failed = (errorCode: number | null) => ({ kind: 'failed' as const, errorCode, errorMessage: 'no' });
  await settleRecipients(
    claimed.map((recipient, i) => settlementOf(campaign, worker, recipient, failed(codes[i] ?? null))),
  );
}

/** As if so many hours had gone by since they failed. */
async function pass(hours: number, { id }: ActiveCampaign): Promise<void> {
  await database().sql`
    UPDATE recipients SET failed_at = failed_at - make_interval(hours => ${hours})
    WHERE campaign_id = ${id} AND failed_at IS NOT NULL`;
}

async function asked(count: number, values: Partial<AutoRetry> = {}, status: 'active' | 'paused' = 'active') {
  const autoRetry = { error_codes: [LIMITED, null], after_hours: 24, times: 1, ...values };
  const campaign = await createActiveCampaign(count, { autoRetry, status });
  const of = { workspaceId: campaign.workspaceId, campaignId: campaign.id };
  const isListed = async () =>
    (await listAutoRetryCampaigns()).some(({ campaignId }) => campaignId === campaign.id);
  const statusOf = async () =>
    (await database().db.select().from(campaigns).where(eq(campaigns.id, campaign.id)))[0]?.status;
  return { campaign, of, isListed, statusOf, retry: () => retryByItself(of) };
}

test('only the causes named, only after the wait, each person only so often; a finished campaign goes on', async () => {
  const { campaign, of, isListed, statusOf, retry } = await asked(4);
  expect(await isListed()).toBe(false);
  await fail(campaign, [LIMITED, null, UNKNOWN, LIMITED]);
  expect(await completeIfDrained(of)).toBe(true);
  expect(await isListed()).toBe(true);
  await pass(23, campaign);
  expect(await retry()).toBe(0);
  expect(await statusOf()).toBe('completed');
  await pass(1, campaign);
  expect(await retry()).toBe(3);
  expect(await statusOf()).toBe('active');
  expect(await statusCounts(campaign)).toEqual({ pending: 3, failed: 1 });
  await assertBalanced(campaign);

  await fail(campaign, [LIMITED, LIMITED, LIMITED]);
  await pass(48, campaign);
  expect(await retry()).toBe(0);
  await assertBalanced(campaign);
});

test('two workers at once put nobody back twice', async () => {
  const { campaign, retry } = await asked(20);
  await fail(campaign, Array<number>(20).fill(LIMITED));
  await pass(25, campaign);
  const retried = await Promise.all([retry(), retry(), retry()]);
  expect(retried.sort()).toEqual([0, 0, 20].sort());
  expect(await statusCounts(campaign)).toEqual({ pending: 20 });
});

test('a campaign that a person paused is left alone, and one that asks for nothing', async () => {
  for (const change of [{ status: 'paused' as const }, { autoRetry: null }]) {
    const { campaign, isListed, retry } = await asked(1);
    await fail(campaign, [LIMITED]);
    await pass(25, campaign);
    await database().db.update(campaigns).set(change).where(eq(campaigns.id, campaign.id));
    expect(await isListed()).toBe(false);
    expect(await retry()).toBe(0);
  }
});
