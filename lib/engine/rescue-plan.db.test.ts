import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { connect, database } from '@/db/client';
import { assertBalanced, createActiveCampaign, createWorker, statusCounts } from '@/tests/support/engine';
import { useFreshDatabase } from '@/tests/support/fresh-database';
import { tableActivity } from '@/tests/support/table-activity';
import { rescueDeadWorkers } from './leases';

// Plans depend on the size of the whole table: this file needs a database of its own.
await useFreshDatabase();

const CAMPAIGNS = 2_000;
const PEOPLE = 60_000;

test('a rescue reads whom the dead were sending to, not the lists of the campaigns they worked on', async () => {
  const campaign = await createActiveCampaign(0);
  const { workspaceId, id } = campaign;
  const { sql, close } = connect(process.env.DATABASE_URL ?? '', { max: 1 });
  const fill = (campaignId: string, count: number) => sql`
    INSERT INTO recipients (workspace_id, campaign_id, id, phone, calling_code, cells)
    SELECT ${workspaceId}, ${campaignId}, gen_random_uuid(), '+1' || (2000000000 + n), 1, '["a","b"]'
    FROM generate_series(1, ${count}::int) n`;
  await fill(id, PEOPLE);
  await fill(randomUUID(), PEOPLE);
  await sql`UPDATE campaign_counters SET pending = ${PEOPLE} WHERE campaign_id = ${id}`;
  await sql`UPDATE campaigns SET total_recipients = ${PEOPLE} WHERE id = ${id}`;
  for (const statistics of ['none', 'fresh']) {
    if (statistics === 'fresh') await sql`ANALYZE recipients, campaign_permits`;
    const [alive, dead] = [await createWorker(), await createWorker(-1)];
    // It had permits of thousands of campaigns, and something in the air of one.
    await sql`
      INSERT INTO campaign_permits (workspace_id, campaign_id, worker_id, permits)
      SELECT ${workspaceId}, CASE n WHEN 1 THEN ${id}::uuid ELSE gen_random_uuid() END, ${dead}, 1
      FROM generate_series(1, ${CAMPAIGNS}::int) n`;
    for (const [worker, count] of [
      [dead, 40],
      [alive, 60],
    ] as const)
      await sql`
        UPDATE recipients SET pending = false, state = 'sending', attempt = 1, worker_id = ${worker}, claimed_at = now()
        WHERE workspace_id = ${workspaceId} AND campaign_id = ${id}
          AND id IN (SELECT id FROM recipients WHERE campaign_id = ${id} AND pending LIMIT ${count})`;
    const before = await tableActivity('recipients', sql);
    expect(await rescueDeadWorkers(sql)).toBe(40);
    const after = await tableActivity('recipients', sql);
    expect(after.read - before.read, `statistics: ${statistics}`).toBeLessThan(500);
  }
  await close();
  expect(await statusCounts(campaign)).toMatchObject({ unconfirmed: 80, sending: 120 });
  await assertBalanced(campaign);
  expect(
    await database().sql`SELECT 1 FROM campaign_permits WHERE workspace_id = ${workspaceId}`,
  ).toHaveLength(0);
}, 60_000);
