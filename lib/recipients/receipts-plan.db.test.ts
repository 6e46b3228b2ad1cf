import { expect, test } from 'vitest';
import { connect, database, type Sql } from '@/db/client';
import { useFreshDatabase } from '@/tests/support/fresh-database';
import { receiptOf } from '@/tests/support/receipts';
import { createCampaign, createWorkspace } from '@/tests/support/rows';
import { tableActivity } from '@/tests/support/table-activity';
import { applyReceipts, type ReceiptKind } from './receipts';

// Plans depend on the size of the whole table: this file needs a database of its own.
await useFreshDatabase();

type Campaign = Awaited<ReturnType<typeof createCampaign>>;

/** Adds `count` accepted recipients in one statement; returns their ids. */
async function fill(campaign: Campaign, count: number): Promise<string[]> {
  const rows = await database().sql<{ id: string }[]>`
    INSERT INTO recipients (workspace_id, campaign_id, id, phone, calling_code, cells, pending, state, attempt, accepted_at, wamid)
    SELECT ${campaign.workspaceId}, ${campaign.id}, gen_random_uuid(), '+1' || (2000000000 + n), 1, '["a","b"]', false, 'accepted', 1,
      now(), 'wamid.' || md5(n::text)
    FROM generate_series(1, ${count}::int) n RETURNING id`;
  return rows.map(({ id }) => id);
}

/** Applies a receipt to each, in batches of 50; returns rows read and updated per receipt. */
async function cost(campaign: Campaign, ids: string[], kind: ReceiptKind, sql: Sql) {
  const before = await tableActivity('recipients', sql);
  for (let start = 0; start < ids.length; start += 50)
    await applyReceipts(
      ids.slice(start, start + 50).map((id) => receiptOf(campaign, id, kind)),
      sql,
    );
  const after = await tableActivity('recipients', sql);
  const updated = after.updated - before.updated;
  return { read: (after.read - before.read) / ids.length, updated, hot: (after.hot - before.hot) / updated };
}

async function campaignOf(): Promise<Campaign> {
  const { workspaceId, userId } = await createWorkspace();
  return createCampaign(workspaceId, userId);
}

test('a receipt reads its own row and no others, with no statistics and with fresh ones; nearly all are HOT', async () => {
  await fill(await campaignOf(), 10_000);
  const campaign = await campaignOf();
  const ids = await fill(campaign, 40_000);
  const some = ids.filter((_, i) => i % 40 === 0);
  const { sql, close } = connect(process.env.DATABASE_URL ?? '', { max: 1 });
  for (const kind of ['sent', 'delivered'] as const) {
    const { read, updated, hot } = await cost(campaign, some, kind, sql);
    expect(read).toBeLessThan(8);
    expect(updated).toBe(some.length);
    expect(hot).toBeGreaterThan(0.9);
    await sql`ANALYZE recipients`;
  }
  await close();
});

test('a receipt stays as cheap while an old snapshot keeps every dead row', async () => {
  const campaign = await campaignOf();
  const ids = await fill(campaign, 20_000);
  const some = ids.filter((_, i) => i % 40 === 0);
  const holder = connect(process.env.DATABASE_URL ?? '', { max: 1 });
  const { sql, close } = connect(process.env.DATABASE_URL ?? '', { max: 1 });
  await holder.sql.begin('isolation level repeatable read', async (tx) => {
    await tx`SELECT count(*) FROM recipients`;
    for (const kind of ['sent', 'delivered', 'read'] as const) {
      const { read, updated } = await cost(campaign, some, kind, sql);
      expect(read, kind).toBeLessThan(8);
      expect(updated, kind).toBe(some.length);
    }
  });
  await Promise.all([holder.close(), close()]);
});

test('a plan made when the table was tiny does not outlive its growth', async () => {
  const { sql, close } = connect(process.env.DATABASE_URL ?? '', { max: 1 });
  await sql`TRUNCATE recipients`;
  const small = await campaignOf();
  const [first] = await fill(small, 3);
  await sql`VACUUM ANALYZE recipients`;
  // Past five runs a prepared statement keeps its plan.
  for (let i = 0; i < 12; i++)
    await applyReceipts(
      Array.from({ length: 40 }, () => receiptOf(small, first ?? '', 'read', { at: 1 + i })),
      sql,
    );
  const big = await campaignOf();
  const ids = await fill(big, 40_000);
  const { read } = await cost(big, ids.slice(0, 500), 'sent', sql);
  expect(read).toBeLessThan(8);
  await close();
});
