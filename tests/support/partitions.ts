import postgres from 'postgres';
import { migrate } from '@/db/migrate';
import { EVERY_WORKSPACE, WORKSPACE_SETTING } from '@/db/tenant';

/** The tables that grow with the people written to. */
const BIG_TABLES = [
  'recipients',
  'recipient_responses',
  'past_attempts',
  'campaign_counters',
  'failure_counters',
  'cost_counters',
  'campaign_countries',
  'rejected_rows',
  'parked_webhooks',
  'inbound_messages',
  'opt_outs',
];

/**
 * Migrates a database without rows; with HERALD_TEST_PARTITIONS=n (`npm run test:partitioned`) the big tables are
 * then split into n parts each.
 */
export async function migrateForTests(url: string): Promise<void> {
  await migrate(url);
  const parts = Number(process.env.HERALD_TEST_PARTITIONS ?? 0);
  if (parts > 0) await partitionBigTables(url, parts);
}

/**
 * Rebuilds the big tables of a migrated database without rows as hash partitions by workspace, each under its old
 * name and with its old columns, constraints, indexes, storage settings and wall between tenants. `url` is the
 * owner's. Throws when a key lacks the workspace: PostgreSQL refuses it then.
 */
async function partitionBigTables(url: string, parts: number): Promise<void> {
  const sql = postgres(url, {
    max: 1,
    onnotice: () => undefined,
    connection: { [WORKSPACE_SETTING]: EVERY_WORKSPACE },
  });
  try {
    await sql.begin(async (tx) => {
      for (const table of BIG_TABLES) await partition(tx, table, parts);
    });
  } finally {
    await sql.end();
  }
}

async function partition(tx: postgres.TransactionSql, table: string, parts: number): Promise<void> {
  const [found] = await tx<{ rows: number }[]>`SELECT count(*)::int AS rows FROM ${tx(table)}`;
  if (found?.rows !== 0) throw new Error(`${table} has rows, and nothing here would carry them over.`);
  const { keysAndIndexes, storage, wall } = await describeTable(tx, table);
  await tx.unsafe(`
    ALTER TABLE ${table} RENAME TO ${table}_whole;
    CREATE TABLE ${table} (LIKE ${table}_whole INCLUDING ALL EXCLUDING INDEXES) PARTITION BY HASH (workspace_id)`);
  await takeOverSequences(tx, table);
  await tx.unsafe(`DROP TABLE ${table}_whole`);
  for (const statement of keysAndIndexes) await tx.unsafe(statement);
  await tx.unsafe(wall(table));
  for (let part = 0; part < parts; part++) {
    const name = `${table}_part_${part}`;
    await tx.unsafe(
      `CREATE TABLE ${name} PARTITION OF ${table} FOR VALUES WITH (MODULUS ${parts}, REMAINDER ${part}) ${storage}`,
    );
    // The whole table's wall does not stand before whoever names a part.
    await tx.unsafe(wall(name));
    await nameIndexes(tx, name, `_part_${part}`);
  }
}

interface TableParts {
  keysAndIndexes: string[];
  storage: string;
  wall: (table: string) => string;
}

/** What CREATE TABLE … LIKE leaves out, as the catalogue tells it. */
async function describeTable(tx: postgres.TransactionSql, table: string): Promise<TableParts> {
  const keys = await tx<{ statement: string }[]>`
    SELECT format('ALTER TABLE %I ADD CONSTRAINT %I %s', ${table}::text, conname, pg_get_constraintdef(oid)) AS statement
    FROM pg_constraint WHERE conrelid = ${table}::regclass AND contype IN ('p', 'u', 'f')`;
  const indexes = await tx<{ statement: string }[]>`
    SELECT pg_get_indexdef(indexrelid) AS statement FROM pg_index i
    WHERE indrelid = ${table}::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)`;
  const [row] = await tx<{ options: string | null; using: string; check: string }[]>`
    SELECT array_to_string(c.reloptions, ', ') AS options,
      pg_get_expr(p.polqual, c.oid) AS using, pg_get_expr(p.polwithcheck, c.oid) AS check
    FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid
    WHERE c.oid = ${table}::regclass AND p.polname = 'tenant_wall'`;
  if (!row) throw new Error(`${table} has no wall between tenants`);
  return {
    keysAndIndexes: [...keys, ...indexes].map(({ statement }) => statement),
    storage: row.options === null ? '' : `WITH (${row.options})`,
    wall: (name) => `
      ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant_wall ON ${name} USING (${row.using}) WITH CHECK (${row.check})`,
  };
}

/** Each of a part's indexes gets the name of the whole table's, so that a plan says which one it takes. */
async function nameIndexes(tx: postgres.TransactionSql, part: string, suffix: string): Promise<void> {
  const renames = await tx<{ statement: string }[]>`
    SELECT format('ALTER INDEX %s RENAME TO %I', i.indexrelid::regclass, left(whole.relname, 50) || ${suffix}) AS statement
    FROM pg_index i
      JOIN pg_inherits h ON h.inhrelid = i.indexrelid
      JOIN pg_class whole ON whole.oid = h.inhparent
    WHERE i.indrelid = ${part}::regclass`;
  for (const { statement } of renames) await tx.unsafe(statement);
}

/** A sequence goes with the table whose column owns it, and the defaults still name it. */
async function takeOverSequences(tx: postgres.TransactionSql, table: string): Promise<void> {
  const owned = await tx<{ statement: string }[]>`
    SELECT format('ALTER SEQUENCE %s OWNED BY %I.%I', d.objid::regclass, ${table}::text, a.attname) AS statement
    FROM pg_depend d
      JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
      JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE d.refobjid = ${`${table}_whole`}::regclass AND d.deptype = 'a'`;
  for (const { statement } of owned) await tx.unsafe(statement);
}
