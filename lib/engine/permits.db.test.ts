import { beforeEach, expect, test } from 'vitest';
import { database } from '@/db/client';
import { createActiveCampaign, createWorker } from '@/tests/support/engine';
import { useFreshDatabase } from '@/tests/support/fresh-database';
import { returnPermits, sharePermits } from './permits';

// Shares depend on every live worker in the database: this file needs one of its own.
await useFreshDatabase();

beforeEach(async () => {
  await database().sql`DELETE FROM workers`;
});

test('permits of live workers never add up to more than worker_count, and are shared evenly', async () => {
  const campaign = await createActiveCampaign(1, { workerCount: 7 });
  const ids = [await createWorker(), await createWorker(), await createWorker()];
  const ask = async (workerId: string, inFlight = 0) =>
    (await sharePermits({ workspaceId: campaign.workspaceId, campaignId: campaign.id, workerId, inFlight }))
      .permits;
  expect(await ask(ids[0] as string, 0)).toBe(3);
  expect((await Promise.all(ids.map((id) => ask(id)))).reduce((a, b) => a + b)).toBe(7);
  const [sum] = await database()
    .sql`SELECT sum(permits)::int AS n FROM campaign_permits WHERE campaign_id = ${campaign.id}`;
  expect(sum?.n).toBe(7);
});

test('a worker that came late waits until the first has let go of its permits', async () => {
  const campaign = await createActiveCampaign(1, { workerCount: 4 });
  const of = { workspaceId: campaign.workspaceId, campaignId: campaign.id };
  const first = await createWorker();
  expect(await sharePermits({ ...of, workerId: first, inFlight: 0 })).toMatchObject({ permits: 4 });
  const second = await createWorker();
  expect(await sharePermits({ ...of, workerId: first, inFlight: 4 })).toMatchObject({ permits: 2 }); // but four are still under way
  expect(await sharePermits({ ...of, workerId: second, inFlight: 0 })).toMatchObject({ permits: 0 });
  expect(await sharePermits({ ...of, workerId: first, inFlight: 2 })).toMatchObject({ permits: 2 });
  expect(await sharePermits({ ...of, workerId: second, inFlight: 0 })).toMatchObject({ permits: 2 });
  await returnPermits({ ...of, workerId: first });
});
