import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { database } from '@/db/client';
import { getCampaign } from '@/lib/campaigns/queries';
import { pauseCampaignsOfSender, setCampaignStatus, startCampaign } from '@/lib/campaigns/transitions';
import { completeIfDrained } from '@/lib/engine/complete';
import { retryRecipients } from '@/lib/engine/retry';
import { chooseWinner, chooseWinnerByTime, listDueChoices, noteEndedTests } from '@/lib/engine/winner';
import { AppError } from '@/lib/errors';
import { createCampaignFromJson } from '@/lib/intake/create-from-json';
import { createCampaignBodySchema } from '@/lib/intake/schema';
import { listRecipients } from '@/lib/recipients/queries';
import { getRecipient } from '@/lib/recipients/timeline';
import { applyReceipts } from '@/lib/recipients/receipts';
import { sealSenderSecret } from '@/lib/senders/secrets';
import { settleRecipients, type Result } from '@/lib/recipients/settle';
import { releaseHeldBack } from '@/lib/recipients/winner-hold';
import { recordClicks } from '@/lib/clicks/record';
import {
  assertBalanced,
  claimSome,
  createWorker,
  settlementOf,
  type ActiveCampaign,
} from '@/tests/support/engine';
import { receiptOf } from '@/tests/support/receipts';
import { createSender, createTemplate, createWorkspace, recipientsOf } from '@/tests/support/rows';
import { getComparison } from '@/lib/variants/comparison';
import { prepareCampaign } from './campaign-setup';
import { chooseAndRelease } from './winners';

const FAILED: Result = { kind: 'failed', errorCode: 131026, errorMessage: 'Undeliverable' };
const accepted = (): Result => ({ kind: 'accepted', wamid: `wamid.${randomUUID()}` });

const people = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    phone_number: `+1202${String(5_550_000 + i)}`,
    body_param_1: `Person ${i}`,
  }));

async function setUp(count: number, more: Record<string, unknown> = {}) {
  const actor = await createWorkspace();
  const sender = await createSender(actor.workspaceId, actor.userId);
  const [a, b] = [
    await createTemplate(actor.workspaceId, sender.id, { name: 'plain' }),
    await createTemplate(actor.workspaceId, sender.id, {
      name: 'warm',
      components: [{ type: 'BODY', text: 'Dear {{1}}, {{2}}', example: { body_text: [['Ana', 'x']] } }],
    }),
  ];
  const variants = [
    { template_id: a.id, share: 50 },
    { template_id: b.id, share: 50, mapping: { body_param_2: { text: 'good morning' } } },
  ];
  const body = { name: 'Test', template_id: a.id, variants, recipients: people(count), ...more };
  const { campaign_id: id } = await createCampaignFromJson(actor, createCampaignBodySchema.parse(body));
  const campaign: ActiveCampaign = { id, workspaceId: actor.workspaceId, senderId: sender.id, actor };
  const of = { workspaceId: actor.workspaceId, campaignId: id };
  return { actor, sender, a, b, campaign, of, worker: await createWorker() };
}

const HOLDBACK = { percent: 40, decide_by: 'read', after_minutes: 60 };

/** Starts it and sends the whole test; the readers of B are all, those of A none. */
async function sendTest(t: Awaited<ReturnType<typeof setUp>>) {
  await startCampaign({ actor: t.actor, campaignId: t.campaign.id });
  const tested = (await recipientsOf(t.campaign)).filter(({ variant }) => variant !== null).length;
  const claimed = await claimSome(t.campaign, t.worker, tested);
  await settleRecipients(claimed.map((r) => settlementOf(t.campaign, t.worker, r, accepted())));
  await applyReceipts(claimed.map((r) => receiptOf(t.campaign, r.id, 'delivered')));
  const readers = claimed.filter(({ variant }) => variant === 2);
  await applyReceipts(readers.map((r) => receiptOf(t.campaign, r.id, 'read')));
  return claimed;
}

const endTest = (of: { campaignId: string }) =>
  database().db.execute(
    sql`UPDATE campaigns SET test_ended_at = now() - interval '2 hours' WHERE id = ${of.campaignId}`,
  );

async function failure(work: Promise<unknown>): Promise<AppError> {
  const error: unknown = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  if (error instanceof AppError) return error;
  throw new Error('it should have been refused', { cause: error });
}

test('everybody has one of the messages, and its own words are what is sent', async () => {
  const t = await setUp(60);
  await assertBalanced(t.campaign);
  const rows = await recipientsOf(t.campaign);
  const groups = [1, 2].map((variant) => rows.filter((row) => row.variant === variant).length);
  expect(groups[0] ?? 0).toBeGreaterThan(10);
  expect((groups[0] ?? 0) + (groups[1] ?? 0)).toBe(60);
  const shown = await getCampaign(t.of);
  expect(shown).toMatchObject({ total_recipients: 60, pending: 60, template_id: t.a.id, holdback: null });
  expect(shown.variants).toMatchObject([
    { key: 'A', template_name: 'plain', share: 50, pending: groups[0] },
    { key: 'B', template_name: 'warm', share: 50, pending: groups[1] },
  ]);
  const { recipients } = await listRecipients({ ...t.of, limit: 60, variant: 'B' });
  expect(recipients).toHaveLength(groups[1] ?? 0);
  const ofB = { variant: 'B', params: { body_param_2: 'good morning' } };
  expect(recipients[0]).toMatchObject(ofB);
  const recipientId = recipients[0]?.id ?? '';
  expect(await getRecipient({ ...t.of, recipientId })).toMatchObject({ ...ofB, template_id: t.b.id });
});

test('a failure, its retry and late receipts keep the message and its counts', async () => {
  const t = await setUp(40);
  await startCampaign({ actor: t.actor, campaignId: t.campaign.id });
  const before = new Map((await recipientsOf(t.campaign)).map((row) => [row.id, row.variant]));
  const first = await claimSome(t.campaign, t.worker, 40);
  expect(first.map(({ id, variant }) => [id, variant])).toEqual(first.map(({ id }) => [id, before.get(id)]));
  const results = first.map((_, i) => (i % 3 === 0 ? FAILED : accepted()));
  await settleRecipients(first.map((r, i) => settlementOf(t.campaign, t.worker, r, results[i] ?? FAILED)));
  await assertBalanced(t.campaign);
  await retryRecipients({ actor: t.actor, campaignId: t.campaign.id, include: ['failed'] });
  await setCampaignStatus({ actor: t.actor, campaignId: t.campaign.id, status: 'paused' });
  await setCampaignStatus({ actor: t.actor, campaignId: t.campaign.id, status: 'active' });
  const again = await claimSome(t.campaign, t.worker, 14);
  for (const { id, variant } of again) expect(variant).toBe(before.get(id));
  await settleRecipients(again.map((r) => settlementOf(t.campaign, t.worker, r, accepted())));
  await applyReceipts(
    first.slice(0, 20).map((r) => receiptOf(t.campaign, r.id, 'delivered', { attempt: 2 })),
  );
  await applyReceipts(again.map((r) => receiptOf(t.campaign, r.id, 'failed', { attempt: 2 })));
  await recordClicks(first.slice(0, 5).map(({ id }) => ({ ...t.of, recipientId: id, at: new Date() })));
  await assertBalanced(t.campaign);
  const rows = await recipientsOf(t.campaign);
  expect(new Map(rows.map((row) => [row.id, row.variant]))).toEqual(before);
  const shown = await getCampaign(t.of);
  for (const name of ['sent', 'delivered', 'failed', 'pending', 'clicked'] as const)
    expect(shown.variants?.reduce((sum, variant) => sum + variant[name], 0)).toBe(shown[name]);
});

test('the worker writes to each what their message says', async () => {
  const t = await setUp(10);
  const key = { workspaceId: t.actor.workspaceId, id: t.sender.id };
  await database().db.execute(sql`
    UPDATE senders SET access_token_sealed = ${sealSenderSecret(key, 'access_token', 'token')},
      app_secret_sealed = ${sealSenderSecret(key, 'app_secret', 'secret')} WHERE id = ${t.sender.id}`);
  const [row] = await database().sql<{ mapping: string; variants: string }[]>`
    SELECT mapping::text, variants::text FROM campaigns WHERE id = ${t.campaign.id}`;
  const setup = await prepareCampaign({
    workspaceId: t.actor.workspaceId,
    id: t.campaign.id,
    senderId: t.sender.id,
    templateId: t.a.id,
    mapping: JSON.parse(row?.mapping ?? '') as never,
    variants: JSON.parse(row?.variants ?? '') as never,
    isTest: false,
    trackedKeys: null,
    mediaIds: [],
  });
  await startCampaign({ actor: t.actor, campaignId: t.campaign.id });
  for (const recipient of await claimSome(t.campaign, t.worker, 10)) {
    const body = setup.bodyFor(recipient);
    expect(body.includes('"name":"warm"')).toBe(recipient.variant === 2);
    expect(body.includes('good morning')).toBe(recipient.variant === 2);
  }
});

test('held back: only the test is claimed, and the campaign does not end before the rest was sent', async () => {
  const t = await setUp(100, { holdback: HOLDBACK });
  await assertBalanced(t.campaign);
  const tested = await sendTest(t);
  expect(tested.length).toBeGreaterThan(15);
  expect(tested.length).toBeLessThan(70);
  const { recipients: waiting } = await listRecipients({ ...t.of, limit: 100, status: 'pending' });
  expect(waiting).toHaveLength(100 - tested.length);
  expect(waiting[0]).toMatchObject({ waits_for: 'winner', waits_until: null, variant: null });
  expect(await completeIfDrained(t.of)).toBe(false);
  expect(await releaseHeldBack(t.of)).toBe(0);
  expect(await getCampaign(t.of)).toMatchObject({
    next_retry_at: null,
    holdback: { waiting: waiting.length, winner: null, decides_at: null },
  });

  await chooseWinner({ actor: t.actor, campaignId: t.campaign.id, variant: 'B' });
  expect(await releaseHeldBack(t.of)).toBe(waiting.length);
  await assertBalanced(t.campaign);
  expect(await completeIfDrained(t.of)).toBe(false);
  const rest = await claimSome(t.campaign, t.worker, waiting.length);
  expect(rest.every(({ variant }) => variant === 2)).toBe(true);
  await settleRecipients(rest.map((r) => settlementOf(t.campaign, t.worker, r, accepted())));
  expect(await completeIfDrained(t.of)).toBe(true);
  await assertBalanced(t.campaign);
  // The comparison is that of the moment of the choice, not of groups that are not alike any more.
  const comparison = await getComparison(t.of);
  expect(comparison.decided_at).not.toBeNull();
  const delivered = comparison.measures[0]?.shares.reduce((sum, share) => sum + share.of, 0);
  expect(delivered).toBe(tested.length);
});

test('by time: not before the test was sent and the minutes are over, then the larger share, once', async () => {
  const t = await setUp(60, { holdback: HOLDBACK });
  await startCampaign({ actor: t.actor, campaignId: t.campaign.id });
  await noteEndedTests();
  expect((await getCampaign(t.of)).holdback?.test_ended_at).toBeNull();
  await setCampaignStatus({ actor: t.actor, campaignId: t.campaign.id, status: 'paused' });
  await sendTest(t);
  await noteEndedTests();
  expect((await getCampaign(t.of)).holdback).toMatchObject({
    test_ended_at: expect.any(String) as string,
    decides_at: expect.any(String) as string,
  });
  expect(await chooseWinnerByTime(t.of)).toBeNull();
  await endTest(t.of);
  expect(await listDueChoices()).toContainEqual(t.of);
  const chosen = await Promise.all([1, 2, 3].map(() => chooseWinnerByTime(t.of)));
  expect(chosen.filter((variant) => variant !== null)).toEqual(['B']);
  const events = await database().sql<{ user_id: string | null }[]>`
    SELECT user_id FROM campaign_events WHERE campaign_id = ${t.campaign.id} AND kind = 'winner_chosen'`;
  expect([...events]).toEqual([{ user_id: null }]);
});

test('without a single report there is nothing to choose by', async () => {
  const t = await setUp(40, { holdback: HOLDBACK });
  await startCampaign({ actor: t.actor, campaignId: t.campaign.id });
  await endTest(t.of);
  expect(await chooseWinnerByTime(t.of)).toBeNull();
  expect((await getCampaign(t.of)).holdback?.winner).toBeNull();
});

test('a person and the time at once: one choice, and the other one is told', async () => {
  const t = await setUp(60, { holdback: HOLDBACK });
  await sendTest(t);
  await endTest(t.of);
  const byHand = { actor: t.actor, campaignId: t.campaign.id, variant: 'A' as const };
  const [person, time] = await Promise.allSettled([chooseWinner(byHand), chooseWinnerByTime(t.of)]);
  const { winner } = (await getCampaign(t.of)).holdback ?? {};
  if (person.status === 'fulfilled') {
    expect(winner).toBe('A');
    expect(time).toMatchObject({ status: 'fulfilled', value: null });
    await chooseWinner(byHand);
  } else {
    expect(winner).toBe('B');
    expect(person.reason).toMatchObject({ code: 'winner_chosen' });
  }
  const other = winner === 'A' ? 'B' : 'A';
  expect(await failure(chooseWinner({ ...byHand, variant: other }))).toMatchObject({ code: 'winner_chosen' });
});

test('a release goes on where another was cut, and not while paused or stopped', async () => {
  const t = await setUp(80, { holdback: HOLDBACK });
  const tested = await sendTest(t);
  const command = { actor: t.actor, campaignId: t.campaign.id };
  await setCampaignStatus({ ...command, status: 'paused' });
  await chooseWinner({ ...command, variant: 'A' });
  expect(await releaseHeldBack(t.of)).toBe(0);
  await setCampaignStatus({ ...command, status: 'active' });
  // Killed before its commit: nothing of it stays.
  await database()
    .sql.begin(async (tx) => {
      expect(await releaseHeldBack(t.of, tx as never)).toBe(80 - tested.length);
      throw new Error('killed');
    })
    .catch(() => undefined);
  await assertBalanced(t.campaign);
  await Promise.all([chooseAndRelease(), chooseAndRelease()]);
  await assertBalanced(t.campaign);
  expect((await getCampaign(t.of)).holdback?.waiting).toBe(0);
  expect(await claimSome(t.campaign, t.worker, 80 - tested.length)).toHaveLength(80 - tested.length);
});

test('stopped, nobody is chosen for any more', async () => {
  const t = await setUp(40, { holdback: HOLDBACK });
  await sendTest(t);
  const command = { actor: t.actor, campaignId: t.campaign.id };
  await setCampaignStatus({ ...command, status: 'stopped' });
  expect(await failure(chooseWinner({ ...command, variant: 'A' }))).toMatchObject({
    code: 'invalid_campaign_state',
  });
  await endTest(t.of);
  expect(await chooseWinnerByTime(t.of)).toBeNull();
});

test('a template of any of its messages that may not be sent any more pauses it, and keeps it from starting', async () => {
  const t = await setUp(20);
  await startCampaign({ actor: t.actor, campaignId: t.campaign.id });
  const brake = { workspaceId: t.actor.workspaceId, senderId: t.sender.id, templateId: t.b.id, reason: 'x' };
  expect(await pauseCampaignsOfSender(brake)).toEqual([t.campaign.id]);
  await database().db.execute(sql`UPDATE templates SET status = 'PAUSED' WHERE id = ${t.b.id}`);
  const refused = await failure(startCampaign({ actor: t.actor, campaignId: t.campaign.id }));
  expect(refused).toMatchObject({ code: 'template_not_approved' });
  expect(refused.message).toContain('warm');
});

test.each([
  [
    'a foreign sender’s template',
    async (t: Awaited<ReturnType<typeof setUp>>) => {
      const other = await createSender(t.actor.workspaceId, t.actor.userId);
      const c = await createTemplate(t.actor.workspaceId, other.id);
      return {
        variants: [
          { template_id: t.a.id, share: 50 },
          { template_id: c.id, share: 50 },
        ],
      };
    },
    'variants[1].template_id',
  ],
  [
    'another first message',
    async (t: Awaited<ReturnType<typeof setUp>>) =>
      Promise.resolve({
        variants: [
          { template_id: t.b.id, share: 50 },
          { template_id: t.a.id, share: 50 },
        ],
      }),
    'variants[0].template_id',
  ],
  [
    'a hold-back of one message',
    async () => Promise.resolve({ variants: null, holdback: HOLDBACK }),
    'holdback',
  ],
  ['a list too short', async () => Promise.resolve({ recipients: people(1) }), 'variants'],
])('%s is refused by name', async (_, more, path) => {
  const t = await setUp(20);
  const variants = [
    { template_id: t.a.id, share: 50 },
    { template_id: t.a.id, share: 50 },
  ];
  const body = { name: 'No', template_id: t.a.id, variants, recipients: people(5), ...(await more(t)) };
  const error = await failure(createCampaignFromJson(t.actor, createCampaignBodySchema.parse(body)));
  expect(error).toMatchObject({ kind: 'invalid', issues: [{ path }] });
});
