import { expect, test } from 'vitest';
import { connect, database, type Database } from '@/db/client';
import { useFreshDatabase } from '@/tests/support/fresh-database';
import { tableActivity } from '@/tests/support/table-activity';
import { createSender, createTemplate, createWorkspace } from '@/tests/support/rows';
import { listContactCampaigns } from './campaigns';

// Plans depend on the size of the whole table: this file needs a database of its own.
await useFreshDatabase();

/** 2,000 campaigns of 25 recipients each, the same people in all of them. */
async function fill() {
  const { workspaceId, userId } = await createWorkspace();
  const sender = await createSender(workspaceId, userId);
  const template = await createTemplate(workspaceId, sender.id);
  const { sql } = database();
  await sql`
    INSERT INTO campaigns (workspace_id, user_id, sender_id, template_id, name, columns, mapping, created_at)
    SELECT ${workspaceId}, ${userId}, ${sender.id}, ${template.id}, 'C' || n, '["phone_number"]', '{}',
      now() - make_interval(mins => n) FROM generate_series(1, 2000) n`;
  await sql`
    INSERT INTO recipients (workspace_id, campaign_id, id, phone, calling_code, cells)
    SELECT c.workspace_id, c.id, gen_random_uuid(), '+1202555' || (1000 + n), 1, '["x"]'
    FROM campaigns c, generate_series(1, 25) n WHERE c.workspace_id = ${workspaceId}`;
  return workspaceId;
}

/** Rows of the recipients' table the server reads while `work` runs on a connection of its own. */
async function rowsRead(work: (db: Database['db']) => Promise<unknown>): Promise<number> {
  const { sql, db, close } = connect(process.env.DATABASE_URL ?? '', { max: 1 });
  const before = await tableActivity('recipients', sql);
  await work(db);
  const after = await tableActivity('recipients', sql);
  await close();
  return after.read - before.read;
}

test('a number is looked up by one probe a campaign, with no statistics and with fresh ones', async () => {
  const workspaceId = await fill();
  for (const isAnalyzed of [false, true]) {
    if (isAnalyzed) await database().sql`ANALYZE recipients`;
    const known = { workspaceId, phone: '+12025551001', limit: 20 };
    const stranger = { workspaceId, phone: '+12025559999', limit: 20 };
    expect(await rowsRead((db) => listContactCampaigns(known, db))).toBeLessThanOrEqual(21);
    expect(await rowsRead((db) => listContactCampaigns(stranger, db))).toBe(0);
  }
});
