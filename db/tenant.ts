import { AsyncLocalStorage } from 'node:async_hooks';
import type postgres from 'postgres';

/**
 * What the policies of the migration tenant_wall compare workspace_id with: a workspace's id, or `*` for the
 * engine, the webhooks and the sign-in, which work for all of them. Unset, no row is visible or can be written.
 */
export const WORKSPACE_SETTING = 'herald.workspace';
export const EVERY_WORKSPACE = '*';

const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

// One a process, also across Next's separately bundled entry points and hot reloads.
const shared = globalThis as typeof globalThis & {
  heraldWorkspace?: AsyncLocalStorage<string | undefined>;
};
const context = (shared.heraldWorkspace ??= new AsyncLocalStorage());

/**
 * Runs `work` behind the wall: whatever takes `database()` in it, however deep, sees and writes that
 * workspace's rows alone. Throws inside another workspace's work.
 */
export function inWorkspace<T>(workspaceId: string, work: () => T): T {
  if (!UUID.test(workspaceId)) throw new Error('A workspace is named by its id, a UUID.');
  const current = context.getStore();
  if (current !== undefined && current !== workspaceId)
    throw new Error("One workspace's work cannot go on as another's.");
  return context.run(workspaceId, work);
}

/** Leaves the context: for what one request happens to start, and the whole process then shares. */
export function acrossWorkspaces<T>(work: () => T): T {
  return context.run(undefined, work);
}

/** The workspace whose work is being done; undefined for the engine's. */
export function currentWorkspace(): string | undefined {
  return context.getStore();
}

/**
 * As much of a postgres.js client as Drizzle uses. Every statement, and every transaction first of all, names
 * the workspace; the end of the transaction takes the name off the connection again, whatever happened in it.
 */
export function tenantClient(sql: postgres.Sql, workspaceId: string): postgres.Sql {
  // Not set_config(): a SELECT takes the snapshot, and no isolation level could be chosen after it.
  const enter = (tx: postgres.TransactionSql) =>
    tx.unsafe(`SET LOCAL ${WORKSPACE_SETTING} = '${workspaceId}'`);

  function unsafe(...statement: Parameters<postgres.Sql['unsafe']>) {
    // Sent together: the wall costs a BEGIN and a COMMIT, no third round trip.
    const run = async (shape: (query: Pending) => Promise<unknown>): Promise<unknown> => {
      const [, rows] = await sql.begin((tx) => [enter(tx), shape(tx.unsafe(...statement))]);
      return rows;
    };
    return {
      then: (...handlers: Parameters<Promise<unknown>['then']>) => run((query) => query).then(...handlers),
      values: () => run((query) => query.values()),
    };
  }

  function begin(work: (tx: postgres.TransactionSql) => Promise<unknown>) {
    return sql.begin(async (tx) => {
      await enter(tx);
      return work(tx);
    });
  }

  const { options } = sql;
  return { options, unsafe, begin } as unknown as postgres.Sql;
}

type Pending = postgres.PendingQuery<postgres.Row[]>;
