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

interface Round {
  /** Rows of the table the server read for one claim of 20 and its settlement. */
  read: number;
  /** Index entries it went through, those of dead rows with them. */
  entries: number;
}

/** Runs `claims` claims of 20 rows behind `afterSeq` and settles them. */
async function costOfRound(campaign: ActiveCampaign, claims: number, afterSeq = 0): Promise<Round> {
  const { sql, close } = connect(process.env.DATABASE_URL ?? '', { max: 1 });
  const workerId = await createWorker();
  const { workspaceId, id: campaignId, senderId } = campaign;
  // Past five runs a prepared statement may switch to a generic plan: both kinds must be good.
  const before = await tableActivity('recipients', sql);
  for (let i = 0; i < claims; i++) {
    await sql`UPDATE rate_limits SET tat = now() - interval '1 day' WHERE workspace_id = ${workspaceId}`;
    const claim = await claimRecipients(
      { workspaceId, campaignId, senderId, workerId, max: 20, carried: 0, afterSeq, catchUpMs: 0 },
      sql,
    );
    expect(claim.recipients.length).toBe(20);
    afterSeq = afterSeq === 0 ? 0 : (claim.recipients.at(-1)?.seq ?? afterSeq);
    const batch = claim.recipients.map((r) =>
      settlementOf(campaign, workerId, r, { kind: 'accepted', wamid: `wamid.${r.id}` }),
    );
    expect(await settleRecipients(batch, sql)).toBe(20);
  }
  const after = await tableActivity('recipients', sql);
  await close();
  return { read: (after.read - before.read) / claims, entries: (after.entries - before.entries) / claims };
}

test('claiming and settling read the rows they change and no others, with no statistics and with fresh ones', async () => {
  const campaign = await createActiveCampaign(0, { rateLimit: 1000 });
  const bystander = await createActiveCampaign(0);
  await fill(bystander, 20_000);
  await fill(campaign, 60_000);
  expect((await costOfRound(campaign, 12)).read).toBeLessThan(200);
  await database().sql`ANALYZE recipients`;
  expect((await costOfRound(campaign, 12)).read).toBeLessThan(200);
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

test('behind a mark, claims and settlements stay as cheap while an old snapshot keeps every dead row', async () => {
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
    for (const statistics of ['stale', 'fresh']) {
      if (statistics === 'fresh') await database().sql`ANALYZE recipients`;
      const [first] = await database().sql<{ seq: number }[]>`
        SELECT min(seq)::float8 AS seq FROM recipients WHERE campaign_id = ${campaign.id} AND pending`;
      expect(first?.seq).toBeGreaterThan(mark?.seq ?? Infinity);
      const { read, entries } = await costOfRound(campaign, 12, (first?.seq ?? 0) - 1);
      expect(read, statistics).toBeLessThan(200);
      // The 10,000 before the mark are passed by, dead as they are.
      expect(entries, statistics).toBeLessThan(300);
    }
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
