import { expect, test } from 'vitest';
import { connect, database, type Sql } from '@/db/client';
import {
  createActiveCampaign,
  createWorker,
  settlementOf,
  type ActiveCampaign,
} from '@/tests/support/engine';
import { useFreshDatabase } from '@/tests/support/fresh-database';
import { tableActivity } from '@/tests/support/table-activity';
import { claimRecipients } from './claim';
import { releaseUnknownClaims, wakeDueRecipients } from './queue';
import { settleRecipients } from './settle';

// Plans depend on the size of the whole table: this file needs a database of its own.
await useFreshDatabase();

/** Adds `count` pending recipients in one statement. */
async function fill(campaign: ActiveCampaign, count: number): Promise<void> {
  await database().sql`
    INSERT INTO recipients (workspace_id, campaign_id, id, phone, calling_code, cells)
    SELECT ${campaign.workspaceId}, ${campaign.id}, uuidv7(), '+1' || (2000000000 + n), 1, '["a","b"]'
    FROM generate_series(1, ${count}::int) n`;
}

/** Rows of the table the server has read so far, by any plan. */
const rowsRead = async (sql: Sql) => (await tableActivity('recipients', sql)).read;

/** Runs `claims` claims of 20 rows and settles them; returns the rows of the table the server read for one of each. */
async function rowsReadPerRound(campaign: ActiveCampaign, claims: number): Promise<number> {
  const { sql, close } = connect(process.env.DATABASE_URL ?? '', { max: 1 });
  const workerId = await createWorker();
  const { workspaceId, id: campaignId, senderId } = campaign;
  // Past five runs a prepared statement may switch to a generic plan: both kinds must be good.
  const before = await rowsRead(sql);
  for (let i = 0; i < claims; i++) {
    await sql`UPDATE rate_limits SET tat = now() - interval '1 day' WHERE workspace_id = ${workspaceId}`;
    const claim = await claimRecipients(
      { workspaceId, campaignId, senderId, workerId, max: 20, carried: 0, afterSeq: 0, catchUpMs: 0 },
      sql,
    );
    expect(claim.recipients.length).toBe(20);
    const batch = claim.recipients.map((r) =>
      settlementOf(campaign, workerId, r, { kind: 'accepted', wamid: `wamid.${r.id}` }),
    );
    expect(await settleRecipients(batch, sql)).toBe(20);
  }
  const after = await rowsRead(sql);
  await close();
  return (after - before) / claims;
}

test('claiming and settling read the rows they change and no others, with no statistics and with fresh ones', async () => {
  const campaign = await createActiveCampaign(0, { rateLimit: 1000 });
  const bystander = await createActiveCampaign(0);
  await fill(bystander, 20_000);
  await fill(campaign, 60_000);
  expect(await rowsReadPerRound(campaign, 12)).toBeLessThan(200);
  await database().sql`ANALYZE recipients`;
  expect(await rowsReadPerRound(campaign, 12)).toBeLessThan(200);
});

test('what a worker looks at again and again reads nobody of a long campaign in which nobody waits', async () => {
  const campaign = await createActiveCampaign(0, { rateLimit: 1000 });
  await fill(campaign, 200_000);
  const { workspaceId, id: campaignId } = campaign;
  const of = { workspaceId, campaignId };
  const workerId = await createWorker();
  const { sql, close } = connect(process.env.DATABASE_URL ?? '', { max: 1 });
  const looks = {
    'those whose wait is over': () => wakeDueRecipients(of, sql),
    'claims whose answer was lost': () => releaseUnknownClaims({ ...of, workerId, heldIds: [] }, sql),
  };
  for (const statistics of ['none', 'fresh']) {
    if (statistics === 'fresh') await sql`ANALYZE recipients`;
    for (const [what, look] of Object.entries(looks)) {
      const before = await rowsRead(sql);
      // Past five runs a prepared statement may switch to a generic plan.
      for (let i = 0; i < 8; i++) expect(await look()).toBe(0);
      expect((await rowsRead(sql)) - before, `${what}; statistics: ${statistics}`).toBeLessThan(20);
    }
  }
  await close();
});

test('a claim stays as cheap behind a mark when an old snapshot keeps the dead entries', async () => {
  const campaign = await createActiveCampaign(0, { rateLimit: 1000 });
  await fill(campaign, 20_000);
  const holder = connect(process.env.DATABASE_URL ?? '', { max: 1 });
  await holder.sql.begin('isolation level repeatable read', async (tx) => {
    await tx`SELECT count(*) FROM recipients`;
    await database().sql`
      UPDATE recipients SET pending = false, state = 'sending', attempt = 1, worker_id = gen_random_uuid(), claimed_at = now()
      WHERE campaign_id = ${campaign.id} AND seq < (SELECT min(seq) FROM recipients WHERE campaign_id = ${campaign.id}) + 10000`;
    const [mark] = await database().sql<{ seq: number }[]>`
      SELECT max(seq)::float8 AS seq FROM recipients WHERE campaign_id = ${campaign.id} AND NOT pending`;
    const { workspaceId, id: campaignId, senderId } = campaign;
    const workerId = await createWorker();
    const request = {
      workspaceId,
      campaignId,
      senderId,
      workerId,
      max: 20,
      carried: 0,
      afterSeq: mark?.seq ?? 0,
      catchUpMs: 0,
    };
    const [claim] = [await claimRecipients(request)];
    expect(claim?.recipients.length).toBe(20);
    expect(Math.min(...(claim?.recipients.map((r) => r.seq) ?? []))).toBe((mark?.seq ?? 0) + 1);
  });
  await holder.close();
});

test("a worker's plan from when the table was small is not kept past a large import", async () => {
  const campaign = await createActiveCampaign(0, { rateLimit: 1000 });
  await database().sql`TRUNCATE recipients`;
  await fill(campaign, 160);
  const { sql, close } = connect(process.env.DATABASE_URL ?? '', { max: 1, pointLookups: true });
  const workerId = await createWorker();
  const { workspaceId, id: campaignId, senderId } = campaign;
  const claim = async () => {
    await sql`UPDATE rate_limits SET tat = now() - interval '1 day' WHERE workspace_id = ${workspaceId}`;
    const request = {
      workspaceId,
      campaignId,
      senderId,
      workerId,
      max: 20,
      carried: 0,
      afterSeq: 0,
      catchUpMs: 0,
    };
    return claimRecipients(request, sql);
  };
  for (let i = 0; i < 8; i++) await claim(); // enough for a generic plan to be kept
  await database().sql`
    INSERT INTO recipients (workspace_id, campaign_id, id, phone, calling_code, cells)
    SELECT ${campaign.workspaceId}, ${campaign.id}, gen_random_uuid(), '+1' || (3000000000 + n), 1, '["a","b"]'
    FROM generate_series(1, 40000) n`;
  const before = await rowsRead(sql);
  expect((await claim()).recipients.length).toBe(20);
  expect((await rowsRead(sql)) - before).toBeLessThan(500);
  await close();
});
