import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { connect, database } from '@/db/client';
import { setCampaignStatus, startCampaign } from '@/lib/campaigns/transitions';
import { releaseUnknownClaims, wakeDueRecipients } from '@/lib/recipients/queue';
import { settleRecipients, type Result } from '@/lib/recipients/settle';
import {
  assertBalanced,
  claimSome,
  createActiveCampaign,
  createWorker,
  settlementOf,
  statusCounts,
  type ActiveCampaign,
} from '@/tests/support/engine';
import { recipientsOf } from '@/tests/support/rows';
import { completeIfDrained } from './complete';
import { rescueDeadWorkers, renewLease } from './leases';
import { resendSilentRecipients, retryRecipients } from './retry';

const FAILED: Result = { kind: 'failed', errorCode: 131026, errorMessage: 'Undeliverable' };
const IN_DOUBT: Result = { kind: 'in_doubt', errorCode: null, errorMessage: 'timeout' };
const accepted = (): Result => ({ kind: 'accepted', wamid: `wamid.${randomUUID()}` });

async function settleAll(campaign: ActiveCampaign, worker: string, results: Result[]): Promise<void> {
  const rows = await claimSome(campaign, worker, results.length);
  await settleRecipients(rows.map((r, i) => settlementOf(campaign, worker, r, results[i] as Result)));
}

async function statusOf(campaign: ActiveCampaign): Promise<unknown> {
  const [row] = await database().sql`SELECT status FROM campaigns WHERE id = ${campaign.id}`;
  return row?.status;
}

async function expireLease(worker: string): Promise<void> {
  await database().sql`UPDATE workers SET lease_until = now() - interval '1 s' WHERE id = ${worker}`;
}

test('what a dead worker was sending becomes unconfirmed, once, and nothing else does', async () => {
  const campaign = await createActiveCampaign(6);
  const [dead, alive] = [await createWorker(), await createWorker()];
  await claimSome(campaign, dead, 2);
  await claimSome(campaign, alive, 2);
  await expireLease(dead);
  await Promise.all([rescueDeadWorkers(), rescueDeadWorkers()]);
  expect(await statusCounts(campaign)).toEqual({ unconfirmed: 2, sending: 2, pending: 2 });
  expect(await renewLease(dead)).toBe(false);
  await assertBalanced(campaign);
});

test('a claim that commits while its worker is being rescued is rescued too', async () => {
  const campaign = await createActiveCampaign(3);
  const worker = await createWorker();
  await claimSome(campaign, worker, 1);
  const slow = connect(process.env.DATABASE_URL ?? '');
  let rescue: Promise<number> | undefined;
  await slow.sql.begin(async (tx) => {
    // As a claim holds it: the lease row locked, the row taken, not committed yet.
    await tx`SELECT 1 FROM workers WHERE id = ${worker} FOR KEY SHARE`;
    await tx`
      UPDATE recipients SET pending = false, state = 'sending', attempt = 1, worker_id = ${worker}, claimed_at = now()
      WHERE campaign_id = ${campaign.id} AND id = (SELECT id FROM recipients WHERE campaign_id = ${campaign.id} AND pending LIMIT 1)`;
    await expireLease(worker);
    rescue = rescueDeadWorkers();
    await new Promise((resolve) => setTimeout(resolve, 200));
  });
  await rescue;
  await rescueDeadWorkers(); // SKIP LOCKED may have left it for the next round
  await slow.close();
  expect(await statusCounts(campaign)).toEqual({ unconfirmed: 2, pending: 1 });
});

test('a campaign completes only when nobody is queued, waiting or under way', async () => {
  const campaign = await createActiveCampaign(2);
  const worker = await createWorker();
  const of = { workspaceId: campaign.workspaceId, campaignId: campaign.id };
  expect(await completeIfDrained(of)).toBe(false);
  const rows = await claimSome(campaign, worker, 2);
  expect(await completeIfDrained(of)).toBe(false);
  const [a, b] = rows.map((r, i) =>
    settlementOf(campaign, worker, r, i ? accepted() : { ...FAILED, kind: 'retry', waitMs: 1 }),
  );
  await settleRecipients([a, b].flatMap((s) => s ?? []));
  expect(await completeIfDrained(of)).toBe(false);
  await expect.poll(() => wakeDueRecipients(of)).toBe(1);
  await settleAll(campaign, worker, [IN_DOUBT]);
  expect(await completeIfDrained(of)).toBe(true);
  expect(await statusOf(campaign)).toBe('completed');
  expect(await completeIfDrained(of)).toBe(false);
});

test('a person retries the failed ones of a finished campaign: they go again, the rest stay', async () => {
  const campaign = await createActiveCampaign(4);
  const worker = await createWorker();
  await settleAll(campaign, worker, [FAILED, FAILED, accepted(), IN_DOUBT]);
  await completeIfDrained({ workspaceId: campaign.workspaceId, campaignId: campaign.id });
  const command = { actor: campaign.actor, campaignId: campaign.id };
  expect(await retryRecipients({ ...command, include: ['failed'] })).toMatchObject({ retried: 2 });
  expect(await statusOf(campaign)).toBe('active');
  expect(await statusCounts(campaign)).toEqual({ pending: 2, sent: 1, unconfirmed: 1 });
  expect(await retryRecipients({ ...command, include: ['unconfirmed'] })).toMatchObject({ retried: 1 });
  const again = await claimSome(campaign, worker, 3);
  expect(again.map((r) => r.attempt)).toEqual([2, 2, 2]);
  const [kept] = await database()
    .sql`SELECT count(*)::int AS n FROM past_attempts WHERE campaign_id = ${campaign.id}`;
  expect(kept?.n).toBe(3);
  await assertBalanced(campaign);
});

test('a retry and a completion at the same moment leave nobody behind in a finished campaign', async () => {
  for (let i = 0; i < 15; i++) {
    const campaign = await createActiveCampaign(1);
    await settleAll(campaign, await createWorker(), [FAILED]);
    await Promise.all([
      completeIfDrained({ workspaceId: campaign.workspaceId, campaignId: campaign.id }),
      retryRecipients({ actor: campaign.actor, campaignId: campaign.id, include: ['failed'] }),
    ]);
    expect([await statusOf(campaign), await statusCounts(campaign)]).toEqual(['active', { pending: 1 }]);
  }
});

test('retrying is refused where the campaign cannot send any more, and finds nothing in another workspace', async () => {
  const campaign = await createActiveCampaign(1);
  await setCampaignStatus({ actor: campaign.actor, campaignId: campaign.id, status: 'stopped' });
  const retry = (actor = campaign.actor) =>
    retryRecipients({ actor, campaignId: campaign.id, include: ['failed'] });
  await expect(retry()).rejects.toMatchObject({ kind: 'conflict' });
  await expect(retry((await createActiveCampaign(0)).actor)).rejects.toMatchObject({ kind: 'not_found' });
});

test('silence is answered by a resend only by policy, and only when others have been heard of since', async () => {
  const campaign = await createActiveCampaign(3, { unconfirmedPolicy: 'resend' });
  const worker = await createWorker();
  const of = { workspaceId: campaign.workspaceId, campaignId: campaign.id, silenceMs: 0 };
  await settleAll(campaign, worker, [IN_DOUBT, accepted()]);
  expect(await resendSilentRecipients(of)).toBe(0); // nobody sent later has been reported
  await settleAll(campaign, worker, [accepted()]);
  await database()
    .sql`UPDATE recipients SET delivered_at = now() WHERE campaign_id = ${campaign.id} AND state = 'accepted' AND delivered_at IS NULL`;
  await database()
    .sql`UPDATE campaign_counters SET delivered = delivered + 2 WHERE campaign_id = ${campaign.id} AND slot = 0`;
  expect(await resendSilentRecipients({ ...of, silenceMs: 900_000 })).toBe(0); // not silent for long enough
  await database().sql`UPDATE campaigns SET unconfirmed_policy = 'ask' WHERE id = ${campaign.id}`;
  expect(await resendSilentRecipients(of)).toBe(0);
  await database().sql`UPDATE campaigns SET unconfirmed_policy = 'resend' WHERE id = ${campaign.id}`;
  expect(await resendSilentRecipients(of)).toBe(1);
  await assertBalanced(campaign);
});

test('claims whose answer was lost go back; those in hand stay', async () => {
  const campaign = await createActiveCampaign(4);
  const worker = await createWorker();
  const [known] = await claimSome(campaign, worker, 3);
  const heldIds = [known?.id ?? ''];
  const of = { workspaceId: campaign.workspaceId, campaignId: campaign.id, workerId: worker, heldIds };
  expect(await releaseUnknownClaims(of)).toBe(2);
  expect(await statusCounts(campaign)).toEqual({ sending: 1, pending: 3 });
  expect((await recipientsOf(campaign)).map((r) => r.attempt)).toEqual([1, 0, 0, 0]);
});

test('two people starting the same draft: one does, the other is told', async () => {
  const campaign = await createActiveCampaign(1, { status: 'draft', startedAt: null });
  const start = () => startCampaign({ actor: campaign.actor, campaignId: campaign.id, rateLimit: 25 });
  const results = await Promise.allSettled([start(), start()]);
  expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(results.find((r) => r.status === 'rejected')?.reason).toMatchObject({ kind: 'conflict' });
  const [limiter] = await database().sql`SELECT rate FROM rate_limits WHERE id = ${campaign.id}`;
  expect(limiter?.rate).toBe(25);
});
