import { expect, test } from 'vitest';
import { connect, database, type Database } from '@/db/client';
import { useFreshDatabase } from '@/tests/support/fresh-database';
import { createCampaign, createWorkspace } from '@/tests/support/rows';
import { tableActivity } from '@/tests/support/table-activity';
import { countReplied, readAudience } from './audience';
import type { Audience } from './schema';

// Plans depend on the size of the whole table: this file needs a database of its own.
await useFreshDatabase();

const PEOPLE = 40_000;
const FAILED_EVERY = 400;
const REPLIED_EVERY = 100;

/** Everybody has read it but one of 400, who failed; every hundredth has written back. */
async function fill({ workspaceId, id }: Awaited<ReturnType<typeof createCampaign>>): Promise<void> {
  const { sql } = database();
  await sql`
    INSERT INTO recipients (workspace_id, campaign_id, id, phone, calling_code, cells, pending, state, attempt, accepted_at, read_at, failed_at, error_code, wamid)
    SELECT ${workspaceId}, ${id}, gen_random_uuid(), '+1' || (2000000000 + n), 1, '["a","b"]', false,
      CASE WHEN n % ${FAILED_EVERY}::int = 0 THEN 'failed' ELSE 'accepted' END::recipient_state, 1, now(),
      CASE WHEN n % ${FAILED_EVERY}::int <> 0 THEN now() END, CASE WHEN n % ${FAILED_EVERY}::int = 0 THEN now() END,
      CASE WHEN n % ${FAILED_EVERY}::int = 0 THEN 131049 END, 'wamid.' || ${id}::text || n
    FROM generate_series(1, ${PEOPLE}::int) n`;
  await sql`
    INSERT INTO recipient_responses (workspace_id, campaign_id, recipient_id, replied_at)
    SELECT workspace_id, campaign_id, id, now() FROM recipients
    WHERE workspace_id = ${workspaceId} AND campaign_id = ${id} AND right(phone, 10)::bigint % ${REPLIED_EVERY}::int = 0`;
}

async function rowsRead({ sql }: Database, work: () => Promise<unknown>): Promise<number> {
  const before = (await tableActivity('recipients', sql)).read;
  await work();
  return (await tableActivity('recipients', sql)).read - before;
}

test('a list is made by one pass over its campaign, and the failed of one cause by their index alone', async () => {
  const { workspaceId, userId } = await createWorkspace();
  const campaign = await createCampaign(workspaceId, userId);
  await fill(campaign);
  // Of the same workspace and the same people, and of another one.
  await fill(await createCampaign(workspaceId, userId, { senderId: campaign.senderId }));
  const stranger = await createWorkspace();
  await fill(await createCampaign(stranger.workspaceId, stranger.userId));

  const pool = connect(process.env.DATABASE_URL ?? '', { max: 1 });
  const of = { workspaceId, campaignId: campaign.id };
  const sizeOf = (audience: Audience) =>
    pool.db.transaction(async (tx) => {
      let people = 0;
      for await (const batch of readAudience(of, audience, tx)) {
        expect(batch.length).toBeLessThanOrEqual(1_000);
        people += batch.length;
      }
      return people;
    });
  const failed = PEOPLE / FAILED_EVERY;
  const replied = PEOPLE / REPLIED_EVERY;
  for (const statistics of ['none', 'fresh']) {
    if (statistics === 'fresh') await pool.sql`ANALYZE`;
    const quiet = await rowsRead(pool, async () => {
      // Every 400th is one of those who wrote back.
      expect(await sizeOf({ audience: 'read_not_replied' })).toBe(PEOPLE - replied);
    });
    expect(quiet, `read_not_replied; statistics: ${statistics}`).toBeLessThan(PEOPLE + 4 * replied);
    const capped = await rowsRead(pool, async () => {
      expect(await sizeOf({ audience: 'failed', error_code: 131049 })).toBe(failed);
    });
    expect(capped, `failed; statistics: ${statistics}`).toBeLessThan(4 * failed);
    const counted = await rowsRead(pool, async () => {
      expect(await countReplied(of, pool.db)).toEqual({ replied, read: replied - failed });
    });
    expect(counted, `replied; statistics: ${statistics}`).toBeLessThan(8 * replied);
  }
  await pool.close();
}, 60_000);
