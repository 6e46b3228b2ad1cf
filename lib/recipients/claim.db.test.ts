import { randomUUID } from 'node:crypto';
import { sql as drizzleSql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { connect, database } from '@/db/client';
import { optOuts } from '@/db/schema/webhooks';
import { workers } from '@/db/schema/engine';
import { SPACING_SLACK } from '@/lib/pacing/constants';
import { asWorkspaceId } from '@/lib/tenant';
import { createCampaign, createWorkspace, recipientsOf } from '@/tests/support/rows';
import { claimRecipients, type ClaimInput } from './claim';

async function startWorker(leaseSeconds = 30): Promise<string> {
  const id = randomUUID();
  await database()
    .db.insert(workers)
    .values({
      id,
      hostname: 'test',
      pid: 1,
      version: 'test',
      leaseUntil: drizzleSql`now() + make_interval(secs => ${leaseSeconds})`,
    });
  return id;
}

async function activeCampaign(count: number, rateLimit = 1000) {
  const { workspaceId, userId } = await createWorkspace();
  const campaign = await createCampaign(workspaceId, userId, {
    count,
    values: { status: 'active', rateLimit, startedAt: new Date() },
  });
  return { ...campaign, workspaceId: asWorkspaceId(campaign.workspaceId) };
}

function inputFor(campaign: Awaited<ReturnType<typeof activeCampaign>>, workerId: string): ClaimInput {
  const { workspaceId, id: campaignId, senderId } = campaign;
  return { workspaceId, campaignId, senderId, workerId, max: 20, carried: 0, afterSeq: 0, catchUpMs: 0 };
}

test('a claim takes the head of the queue, marks it and spaces its slots', async () => {
  const campaign = await activeCampaign(40, 100);
  const claim = await claimRecipients(inputFor(campaign, await startWorker()));
  expect(claim.recipients.length).toBeGreaterThanOrEqual(10); // 100 ms ahead at 100/s, and one
  expect(claim.recipients.length).toBeLessThanOrEqual(11);
  expect(claim.slots).toBe(claim.recipients.length);
  expect(claim.spacingMs).toBeCloseTo(10 * SPACING_SLACK, 3);
  const rows = await recipientsOf(campaign);
  expect(rows.map((r) => r.status)).toEqual(rows.map((_, i) => (i < claim.slots ? 'sending' : 'pending')));
  expect(claim.recipients.map((r) => r.cells[0])).toEqual(claim.recipients.map((r) => r.phone));
  expect(claim.recipients.every((r) => r.attempt === 1)).toBe(true);
});

test('two workers never claim the same recipient, and together never exceed the rate', async () => {
  const campaign = await activeCampaign(400, 200);
  const others = [connect(process.env.DATABASE_URL ?? ''), connect(process.env.DATABASE_URL ?? '')];
  const ids: string[] = [];
  const workerIds = [await startWorker(), await startWorker()];
  const start = performance.now();
  await Promise.all(
    others.map(async ({ sql }, i) => {
      const workerId = workerIds[i] ?? '';
      while (performance.now() - start < 1000) {
        const claim = await claimRecipients(inputFor(campaign, workerId), sql);
        ids.push(...claim.recipients.map((r) => r.id));
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  await Promise.all(others.map((o) => o.close()));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeLessThanOrEqual(200 * (seconds + 0.1) + 1);
  expect(ids.length).toBeGreaterThan(200 * 0.9);
});

test.each([
  ['the lease has expired', async (c: ClaimInput) => ({ ...c, workerId: await startWorker(-1) })],
  ['the worker is unknown', async (c: ClaimInput) => ({ ...c, workerId: randomUUID() })],
  ['a limiter is missing', async (c: ClaimInput) => ({ ...c, senderId: randomUUID() })],
  [
    'the workspace is another',
    async (c: ClaimInput) => ({ ...c, workspaceId: (await createWorkspace()).workspaceId }),
  ],
])('no grant is no row: %s', async (_why, change) => {
  const campaign = await activeCampaign(5);
  const claim = await claimRecipients(await change(inputFor(campaign, await startWorker())));
  expect(claim.recipients).toEqual([]);
  expect(claim.slots).toBe(0);
});

test.each(['draft', 'paused', 'stopped'] as const)('a %s campaign is not claimed from', async (status) => {
  const { workspaceId, userId } = await createWorkspace();
  const campaign = await createCampaign(workspaceId, userId, { count: 5, values: { status } });
  const claim = await claimRecipients(inputFor({ ...campaign, workspaceId }, await startWorker()));
  expect(claim).toMatchObject({ recipients: [], slots: 0, campaignActive: false, leaseValid: true });
});

test('a blocked sender grants nothing and says for how long', async () => {
  const campaign = await activeCampaign(5);
  await database()
    .sql`UPDATE rate_limits SET blocked_until = now() + interval '2 s' WHERE id = ${campaign.senderId}`;
  const claim = await claimRecipients(inputFor(campaign, await startWorker()));
  expect(claim.recipients).toEqual([]);
  expect(claim.blockedMs).toBeGreaterThan(1000);
});

test('somebody on the do-not-contact list is skipped, visibly, and never claimed', async () => {
  const campaign = await activeCampaign(3);
  const [first] = await recipientsOf(campaign);
  await database()
    .db.insert(optOuts)
    .values({
      workspaceId: campaign.workspaceId,
      phone: first?.phone ?? '',
      source: 'manual',
      reason: 'asked',
    });
  const claim = await claimRecipients(inputFor(campaign, await startWorker()));
  expect(claim.recipients.map((r) => r.id)).not.toContain(first?.id);
  expect((await recipientsOf(campaign)).map((r) => r.status)).toEqual(['skipped', 'sending', 'sending']);
  const [books] = await database().sql`
    SELECT sum(pending)::int AS pending, sum(skipped)::int AS skipped FROM campaign_counters WHERE campaign_id = ${campaign.id}`;
  expect(books).toEqual({ pending: 2, skipped: 1 });
});

test('a carried row gets its slot before a new one is claimed', async () => {
  const campaign = await activeCampaign(10, 20); // 50 ms apart: one slot, perhaps two
  const claim = await claimRecipients({ ...inputFor(campaign, await startWorker()), carried: 5 });
  expect(claim.recipients).toEqual([]);
  expect(claim.slots).toBeGreaterThanOrEqual(1);
});

test('one message in ten seconds still gets its slot', async () => {
  const campaign = await activeCampaign(3);
  await database().sql`UPDATE rate_limits SET rate = 0.1 WHERE id = ${campaign.id}`;
  const workerId = await startWorker();
  expect((await claimRecipients(inputFor(campaign, workerId))).recipients.length).toBe(1);
  expect((await claimRecipients(inputFor(campaign, workerId))).recipients.length).toBe(0);
});
