import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { currentWorkspace, EVERY_WORKSPACE, tenantClient, WORKSPACE_SETTING } from './tenant';
import { guardTransactions } from './transactions';

export type Sql = postgres.Sql;
/** The database, or a transaction on it: every verb takes either. */
export type Db = Pick<
  PostgresJsDatabase,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'execute' | 'transaction' | 'with' | '$count'
>;

export interface Database {
  /** For the engine's hand-written statements: prepared, one atomic statement each. */
  sql: Sql;
  /** For ordinary work and for transactions. On the same pool. */
  db: Db;
  close: () => Promise<void>;
}

export interface ConnectOptions {
  max?: number;
  /** Shown in pg_stat_activity. */
  name?: string;
  /** A statement running longer than this is ended by the server; ms. */
  statementTimeoutMs?: number;
  /**
   * No whole-table scans where an index can do: the worker's statements look up single rows, and a plan kept
   * from when the tables were small must not outlive the next import.
   */
  pointLookups?: boolean;
}

/**
 * Opens a pool. Drizzle switches the pool's date parsing off, so the engine's statements get timestamps as
 * text: they select epoch numbers instead.
 */
export function connect(url: string, options: ConnectOptions = {}): Database {
  const sql = postgres(url, {
    max: options.max ?? 10,
    connect_timeout: 5,
    idle_timeout: 60,
    onnotice: () => undefined,
    connection: {
      application_name: options.name ?? 'herald',
      statement_timeout: options.statementTimeoutMs ?? 30_000,
      TimeZone: 'UTC',
      [WORKSPACE_SETTING]: EVERY_WORKSPACE,
      ...(options.pointLookups && { enable_seqscan: 'off' }),
    },
  });
  guardTransactions(sql);
  return { sql, db: drizzle(sql), close: () => sql.end({ timeout: 5 }) };
}

// One pool a process, also across Next's separately bundled entry points and hot reloads.
const shared = globalThis as typeof globalThis & { heraldDatabase?: Database };

/**
 * The process's own pool, opened on first use from DATABASE_URL, which the process's entry point has set. Within
 * `inWorkspace()` it is the same pool seen from behind the wall.
 */
export function database(): Database {
  if (!shared.heraldDatabase) {
    const url = process.env.DATABASE_URL;
    if (!url) throw new Error('DATABASE_URL is not set: the entry point must load the settings first.');
    const name = process.env.HERALD_PROCESS ?? 'herald';
    shared.heraldDatabase = connect(url, { name, pointLookups: name === 'worker' });
  }
  const workspaceId = currentWorkspace();
  return workspaceId === undefined ? shared.heraldDatabase : seenFrom(workspaceId, shared.heraldDatabase);
}

function seenFrom(workspaceId: string, { sql, close }: Database): Database {
  return {
    db: drizzle(tenantClient(sql, workspaceId)),
    get sql(): Sql {
      throw new Error("The engine's statements work for all workspaces: a request of one must use `db`.");
    },
    close,
  };
}
