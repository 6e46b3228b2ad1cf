import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { database } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import { senders } from '@/db/schema/senders';
import { sealSenderSecret } from '@/lib/senders/secrets';
import { createActiveCampaign } from '@/tests/support/engine';
import { useFreshDatabase } from '@/tests/support/fresh-database';
import { startGraphServer, type GraphServer } from '@/tests/support/graph-server';
import { startDue } from './planned-starts';

// It starts whatever is due: nobody else's.
await useFreshDatabase();

let graph: GraphServer;
beforeAll(async () => {
  graph = await startGraphServer();
  process.env.WHATSAPP_API_URL = graph.url;
});
beforeEach(() => {
  graph.requests.length = 0;
});
afterAll(() => graph.close());

/** A campaign whose time came a moment ago, on a number that WhatsApp can be asked about. */
async function due() {
  const values = { status: 'scheduled', startedAt: null, scheduledAt: new Date(Date.now() - 1_000) } as const;
  const { id, workspaceId, senderId } = await createActiveCampaign(1, values);
  const { db } = database();
  const accessTokenSealed = sealSenderSecret({ workspaceId, id: senderId }, 'access_token', 'token');
  await db.update(senders).set({ accessTokenSealed }).where(eq(senders.id, senderId));
  const read = async () => (await db.select().from(campaigns).where(eq(campaigns.id, id)))[0];
  return { id, read, status: async () => (await read())?.status };
}

test('of many workers that see a start due at once one asks WhatsApp, and it starts', async () => {
  const campaign = await due();
  await Promise.all(Array.from({ length: 6 }, startDue));
  expect(await campaign.status()).toBe('active');
  expect(graph.requests).toHaveLength(1);
});

test('a worker that dies or freezes as it asks hands the start on within seconds', async () => {
  const campaign = await due();
  let answer: () => void = () => undefined;
  graph.gate = new Promise((resolve) => (answer = resolve));
  const frozen = startDue();
  await expect.poll(() => graph.requests.length).toBe(1);
  graph.gate = null;
  // The others leave it alone meanwhile, and wait for nothing.
  await startDue();
  expect([graph.requests.length, await campaign.status()]).toEqual([1, 'scheduled']);
  const { sql } = database();
  const [row] = await sql<{ seconds: number }[]>`
    SELECT extract(epoch FROM start_asked_until - now())::float8 AS seconds FROM campaigns WHERE id = ${campaign.id}`;
  expect(row?.seconds).toBeLessThan(6);
  await sql`UPDATE campaigns SET start_asked_until = now() WHERE id = ${campaign.id}`;
  await startDue();
  expect([graph.requests.length, await campaign.status()]).toEqual([2, 'active']);
  const { startedAt } = (await campaign.read()) ?? {};
  answer();
  await frozen;
  expect(await campaign.read()).toMatchObject({ status: 'active', startedAt });
});

test('many starts of one minute are asked about side by side: a slow answer makes no other late', async () => {
  let answer: () => void = () => undefined;
  graph.gate = new Promise((resolve) => (answer = resolve));
  const all = await Promise.all([due(), due(), due(), due()]);
  const round = startDue();
  await expect.poll(() => graph.requests.length).toBe(4);
  answer();
  await round;
  expect(await Promise.all(all.map(({ status }) => status()))).toEqual(Array(4).fill('active'));
});
