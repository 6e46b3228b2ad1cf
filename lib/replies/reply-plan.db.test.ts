import { expect, test } from 'vitest';
import { connect, database, type Database } from '@/db/client';
import { listRecipients } from '@/lib/recipients/queries';
import { useFreshDatabase } from '@/tests/support/fresh-database';
import { createCampaign, createWorkspace } from '@/tests/support/rows';
import { tableActivity } from '@/tests/support/table-activity';
import { attributeReplies } from './attribute';

// Plans depend on the size of the whole table: this file needs a database of its own.
await useFreshDatabase();

type Campaign = Awaited<ReturnType<typeof createCampaign>>;

const PEOPLE = 40_000;
const WRITERS = 50;
const values = { status: 'completed' as const, completedAt: new Date() };

/** Everybody was written to an hour ago. */
async function fill({ workspaceId, id }: Campaign): Promise<void> {
  await database().sql`
    INSERT INTO recipients (workspace_id, campaign_id, id, phone, calling_code, cells, pending, state, attempt, accepted_at, wamid)
    SELECT ${workspaceId}, ${id}, gen_random_uuid(), '+1' || (2000000000 + n), 1, '["a","b"]', false, 'accepted', 1,
      now() - interval '1 hour', 'wamid.' || ${id}::text || n
    FROM generate_series(1, ${PEOPLE}::int) n`;
}

/** A message of each of so many people, named with what it answers or not. */
async function write({ workspaceId, id, senderId }: Campaign, names: boolean): Promise<string[]> {
  const rows = await database().sql<{ id: string }[]>`
    INSERT INTO inbound_messages (workspace_id, sender_id, wamid, phone, kind, body, context_wamid, raw, received_at)
    SELECT ${workspaceId}, ${senderId}, gen_random_uuid()::text, '+1' || (2000000000 + n), 'text', 'Thank you',
      CASE WHEN ${names}::boolean THEN 'wamid.' || ${id}::text || n END, '{}', now()
    FROM generate_series(1, ${PEOPLE}::int, ${PEOPLE / WRITERS}::int) n RETURNING id`;
  return rows.map((row) => row.id);
}

async function rowsRead({ sql }: Database, work: () => Promise<unknown>): Promise<number> {
  const before = (await tableActivity('recipients', sql)).read;
  await work();
  return (await tableActivity('recipients', sql)).read - before;
}

test('an answer is placed by a few rows of long lists, and the list of those who answered reads them alone', async () => {
  const { workspaceId, userId } = await createWorkspace();
  const campaign = await createCampaign(workspaceId, userId, { values });
  await fill(campaign);
  await fill(await createCampaign(workspaceId, userId, { senderId: campaign.senderId, values }));

  const pool = connect(process.env.DATABASE_URL ?? '', { max: 1 });
  for (const statistics of ['none', 'fresh']) {
    if (statistics === 'fresh') await pool.sql`ANALYZE`;
    for (const names of [true, false]) {
      const messageIds = await write(campaign, names);
      const read = await rowsRead(pool, async () => {
        const placed = await pool.db.transaction((tx) => attributeReplies({ workspaceId, messageIds }, tx));
        expect(placed).toHaveLength(WRITERS);
      });
      // Its row in each of the two campaigns, and the one it is about once more under its lock.
      expect(read / WRITERS, `${statistics} statistics, ${names ? 'named' : 'by time'}`).toBeLessThan(8);
    }
    const read = await rowsRead(pool, async () => {
      const of = { workspaceId, campaignId: campaign.id };
      const page = await listRecipients({ ...of, response: 'replied', limit: 50 }, pool.db);
      expect(page.recipients).toHaveLength(WRITERS);
    });
    expect(read, `${statistics} statistics, the list`).toBeLessThan(WRITERS * 3);
  }
  await pool.close();
});
