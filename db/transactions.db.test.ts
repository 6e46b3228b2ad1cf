import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { connect, database, type Db } from '@/db/client';
import { workspaces } from '@/db/schema/accounts';

const one = connect(process.env.DATABASE_URL ?? '', { max: 1 });
const crashed = vi.fn();
beforeEach(() => crashed.mockClear());
process.on('uncaughtException', crashed);

afterAll(async () => {
  process.off('uncaughtException', crashed);
  await one.close();
  await database().close();
});

/** Ends the server's side of the transaction's connection, as a restart of the database does. */
async function killConnectionOf(tx: Db): Promise<void> {
  const [row] = await tx.execute<{ pid: number }>(sql`SELECT pg_backend_pid() AS pid`);
  await database().sql`SELECT pg_terminate_backend(${row?.pid ?? 0})`;
}

/** The connection comes back, for somebody else. */
async function untilBack(): Promise<void> {
  await vi.waitFor(async () => one.sql`SELECT 1`, { timeout: 10_000 });
}

test('a statement of a transaction whose connection was lost runs nowhere', async () => {
  const mark = `stale ${crypto.randomUUID()}`;
  let refusal: unknown;
  let workIsDone = () => {};
  const done = new Promise<void>((resolve) => (workIsDone = resolve));
  const transaction = one.db.transaction(async (tx) => {
    await killConnectionOf(tx);
    await untilBack();
    refusal = await tx
      .insert(workspaces)
      .values({ name: mark })
      .catch((error: unknown) => error);
    workIsDone();
  });
  await expect(transaction).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
  await done;
  expect(refusal).toMatchObject({
    cause: { message: expect.stringContaining('connection was lost') as string },
  });
  expect(await one.db.$count(workspaces, sql`name = ${mark}`)).toBe(0);
});

test("a lost transaction's end is not sent into the transaction that follows on its connection", async () => {
  let letGo = () => {};
  const released = new Promise<void>((resolve) => (letGo = resolve));
  const lost = one.db.transaction(async (tx) => {
    await killConnectionOf(tx);
    await released;
  });
  await expect(lost).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
  await untilBack();
  const kept = one.db.transaction(async (tx) => {
    const before = await tx.execute(sql`SELECT txid_current() AS id`);
    letGo();
    await sleep(50);
    expect(await tx.execute(sql`SELECT txid_current() AS id`)).toEqual(before);
  });
  await kept;
});

test('a connection lost in mid-statement, also in a nested transaction, rejects it and harms nobody', async () => {
  for (const nested of [false, true]) {
    const sleepy = async (tx: Db) => {
      const [row] = await tx.execute<{ pid: number }>(sql`SELECT pg_backend_pid() AS pid`);
      const pid = row?.pid ?? 0;
      const isAsleep = async () =>
        database().sql`SELECT 1 FROM pg_stat_activity WHERE pid = ${pid} AND wait_event = 'PgSleep'`;
      void vi
        .waitFor(async () => expect(await isAsleep()).toHaveLength(1))
        .then(() => database().sql`SELECT pg_terminate_backend(${pid})`);
      await tx.execute(sql`SELECT pg_sleep(20)`);
    };
    const cleanedUp = vi.fn();
    const lost = one.db.transaction(async (tx) => {
      try {
        await (nested ? tx.transaction(sleepy) : sleepy(tx));
      } finally {
        cleanedUp();
      }
    });
    await expect(lost).rejects.toThrow();
    await vi.waitFor(() => expect(cleanedUp).toHaveBeenCalledOnce());
    await untilBack();
  }
  expect(crashed).not.toHaveBeenCalled();
});

test('commits, results and failures pass through as they are', async () => {
  const mark = `kept ${crypto.randomUUID()}`;
  const both = await one.sql.begin((tx) => [tx`SELECT 1 AS a`, tx`SELECT 2 AS b`]);
  expect(both.map(([row]) => row)).toEqual([{ a: 1 }, { b: 2 }]);
  const failure = new Error('the work says no');
  const failed = one.db.transaction(async (tx) => {
    await tx.insert(workspaces).values({ name: mark });
    throw failure;
  });
  await expect(failed).rejects.toBe(failure);
  await one.db.transaction(async (tx) => {
    await expect(tx.transaction(() => Promise.reject(failure))).rejects.toBe(failure);
    await tx.insert(workspaces).values({ name: mark });
  });
  expect(await one.db.$count(workspaces, sql`name = ${mark}`)).toBe(1);
});
