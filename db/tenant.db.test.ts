import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { database, type Db } from '@/db/client';
import { getCampaign, listCampaigns } from '@/lib/campaigns/queries';
import { useFreshDatabase } from '@/tests/support/fresh-database';
import { createCampaign, createWorkspace } from '@/tests/support/rows';
import { insertSampleRow, listColumns, type Column } from '@/tests/support/sample-rows';
import { acrossWorkspaces, inWorkspace } from './tenant';

// Statements without any condition: this file needs a database of its own.
await useFreshDatabase();

/** Found by an id nobody can guess before a workspace is known, or nobody's. See docs/adr/tenant-wall.md. */
const OUTSIDE_THE_WALL = ['auth_sessions', 'http_rate_limits', 'refresh_tokens', 'users', 'workers'];

const columns = await listColumns();
const tables = [...new Set(columns.map(({ table }) => table))];
const walled = tables.filter((table) => !OUTSIDE_THE_WALL.includes(table));
const INSUFFICIENT_PRIVILEGE = '42501';

afterAll(() => database().close());

/** The SQLSTATE a statement fails with, under whatever Drizzle wraps it in. */
async function failureOf(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => undefined,
    (error: { code?: string; cause?: { code?: string } }) => error.cause?.code ?? error.code,
  );
}

async function settingNow(db: Db = database().db): Promise<string> {
  const [row] = await db.execute<{ workspace: string }>(
    sql`SELECT current_setting('herald.workspace') AS workspace`,
  );
  return row?.workspace ?? '';
}

describe.each(walled)('in %s', (table) => {
  const own = columns.filter((column) => column.table === table);
  const key = sql.raw(own.some(({ name }) => name === 'workspace_id') ? 'workspace_id' : 'id');
  const name = sql.raw(table);
  let a = '';
  let b = '';

  beforeAll(async () => {
    a = await newWorkspace(own);
    b = await newWorkspace(own);
  });

  /** The versions of a workspace's rows: written to, even with the same values, they change. */
  const versionsOf = async (workspaceId: string) =>
    (
      await database().db.execute<{ v: string }>(
        sql`SELECT ctid::text || ' ' || xmin::text || ' ' || xmax::text AS v FROM ${name} WHERE ${key} = ${workspaceId}`,
      )
    ).map(({ v }) => v);

  it('shows a workspace its own rows to a SELECT without a condition', async () => {
    const rows = await inWorkspace(a, () => database().db.execute(sql`SELECT ${key} AS w FROM ${name}`));
    expect(rows.map(({ w }) => w)).toEqual([a]);
  });

  it('changes only its own rows by an UPDATE and a DELETE without a condition', async () => {
    const before = await versionsOf(b);
    expect(before).toHaveLength(1);
    const { db } = inWorkspace(a, database);
    const changed = await db.execute(sql`UPDATE ${name} SET ${key} = ${key} RETURNING ${key} AS w`);
    expect(changed.map(({ w }) => w)).toEqual([a]);
    const deleted = await db.execute(sql`DELETE FROM ${name} RETURNING ${key} AS w`);
    expect(deleted.map(({ w }) => w)).toEqual([a]);
    expect(await versionsOf(b)).toEqual(before);
    expect(await versionsOf(a)).toEqual([]);
  });

  it('takes no row for another workspace, inserted or moved', async () => {
    const { db } = inWorkspace(b, database);
    const other = crypto.randomUUID();
    expect(await failureOf(insertSampleRow(own, other, db))).toBe(INSUFFICIENT_PRIVILEGE);
    expect(await failureOf(db.execute(sql`UPDATE ${name} SET ${key} = ${other}`))).toBe(
      INSUFFICIENT_PRIVILEGE,
    );
    expect(await versionsOf(other)).toEqual([]);
  });

  it.each(['unset', ''])('shows and takes nothing when the setting is %j', async (setting) => {
    const bare = postgres(process.env.DATABASE_URL ?? '', {
      max: 1,
      connection: setting === 'unset' ? {} : { 'herald.workspace': setting },
    });
    try {
      expect(await bare.unsafe(`SELECT 1 FROM ${table}`)).toHaveLength(0);
      expect((await bare.unsafe(`DELETE FROM ${table}`)).count).toBe(0);
      expect(await failureOf(insertSampleRow(own, crypto.randomUUID(), drizzle(bare)))).toBe(
        INSUFFICIENT_PRIVILEGE,
      );
    } finally {
      await bare.end();
    }
  });
});

async function newWorkspace(own: Column[]): Promise<string> {
  const id = crypto.randomUUID();
  await insertSampleRow(own, id);
  return id;
}

test('every table stands behind the wall, or on the short list of those that cannot', async () => {
  const policies = await database().sql<{ table: string }[]>`
    SELECT c.relname AS table FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid
    WHERE c.relrowsecurity AND c.relforcerowsecurity AND p.polname = 'tenant_wall' AND p.polcmd = '*'`;
  const parts = await database().sql<{ table: string }[]>`
    SELECT relname AS table FROM pg_class WHERE relispartition AND relkind = 'r' AND relnamespace = 'public'::regnamespace`;
  const names = policies.map(({ table }) => table).sort();
  expect(names).toEqual([...walled, ...parts.map(({ table }) => table)].sort());
  expect(tables).toEqual(expect.arrayContaining(OUTSIDE_THE_WALL));
});

test('the account of the tests is one that row-level security binds', async () => {
  const [role] = await database()
    .sql`SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user`;
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false });
});

test("a verb that is given another workspace's id finds nothing", async () => {
  const [mine, theirs] = [await createWorkspace(), await createWorkspace()];
  const campaign = await createCampaign(theirs.workspaceId, theirs.userId, { count: 2 });
  const of = { workspaceId: theirs.workspaceId, campaignId: campaign.id };
  await inWorkspace(mine.workspaceId, async () => {
    await expect(getCampaign(of)).rejects.toMatchObject({ kind: 'not_found' });
    const page = await listCampaigns({ workspaceId: theirs.workspaceId, limit: 10 });
    expect(page.campaigns).toEqual([]);
  });
  expect(await getCampaign(of)).toMatchObject({ id: campaign.id, total_recipients: 2 });
});

test('a transaction and those nested in it keep the workspace, also after one of them failed', async () => {
  const { workspaceId } = await createWorkspace();
  await inWorkspace(workspaceId, () =>
    database().db.transaction(
      async (tx) => {
        expect(await settingNow(tx)).toBe(workspaceId);
        const failed = tx.transaction(async (nested) => {
          await nested.execute(sql`SET LOCAL herald.workspace = '*'`);
          await nested.execute(sql`SELECT 1 / 0`);
        });
        await expect(failed).rejects.toThrow();
        await tx.transaction(async (nested) => {
          const [row] = await nested.execute(
            sql`SELECT current_setting('herald.workspace') AS w, current_setting('transaction_isolation') AS level`,
          );
          expect(row).toEqual({ w: workspaceId, level: 'repeatable read' });
        });
      },
      { isolationLevel: 'repeatable read' },
    ),
  );
});

test('a context is inherited by what it starts, cannot become another, and can be left', async () => {
  const [a, b] = [await createWorkspace(), await createWorkspace()];
  await inWorkspace(a.workspaceId, async () => {
    await new Promise((resolve) => setImmediate(resolve));
    expect(await settingNow()).toBe(a.workspaceId);
    expect(() => inWorkspace(b.workspaceId, () => undefined)).toThrow("as another's");
    expect(() => database().sql).toThrow('must use `db`');
    expect(await acrossWorkspaces(() => settingNow())).toBe('*');
  });
  expect(await settingNow()).toBe('*');
  expect(() => inWorkspace("x' OR true", () => undefined)).toThrow('a UUID');
});
