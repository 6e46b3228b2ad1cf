import { sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';

export interface Column {
  table: string;
  name: string;
  /** As PostgreSQL names it: uuid, text, int4, jsonb, timestamptz or an enum's name. */
  type: string;
  /** Must be given: NOT NULL, and nothing fills it. */
  required: boolean;
  /** Of an enum, or of a text that a CHECK lets be one of a few. */
  firstLabel: string | null;
}

/**
 * The columns of every table of ours, as the database says, so that a new table is found without being told. A
 * partitioned table counts as one.
 */
export async function listColumns(): Promise<Column[]> {
  return database().sql<Column[]>`
    SELECT c.table_name AS table, c.column_name AS name, c.udt_name AS type,
      c.is_nullable = 'NO' AND c.column_default IS NULL AND c.is_generated = 'NEVER' AND c.is_identity = 'NO' AS required,
      coalesce((SELECT e.enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid
        WHERE t.typname = c.udt_name ORDER BY e.enumsortorder LIMIT 1),
        (SELECT min(substring(pg_get_constraintdef(k.oid) FROM '\\m' || c.column_name || ' = ANY \\(ARRAY\\[''([^'']+)'))
        FROM pg_constraint k WHERE k.contype = 'c' AND k.conrelid = format('%I', c.table_name)::regclass)) AS "firstLabel"
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
      AND NOT (SELECT relispartition FROM pg_class WHERE oid = format('%I', c.table_name)::regclass)
    ORDER BY 1, c.ordinal_position`;
}

/** Stores a row of that workspace with something in every column that must have something. */
export async function insertSampleRow(
  columns: Column[],
  workspaceId: string,
  db: Db = database().db,
): Promise<void> {
  const isTenants = columns.some(({ name }) => name === 'workspace_id');
  const key = isTenants ? 'workspace_id' : 'id';
  const given = columns.filter(({ name, required }) => required || name === key);
  const names = given.map(({ name }) => sql.identifier(name));
  const values = given.map((column) => (column.name === key ? sql`${workspaceId}::uuid` : sampleOf(column)));
  const table = sql.identifier(columns[0]?.table ?? '');
  await db.execute(
    sql`INSERT INTO ${table} (${sql.join(names, sql`, `)}) VALUES (${sql.join(values, sql`, `)})`,
  );
}

function sampleOf({ type, firstLabel }: Column) {
  if (firstLabel !== null) return sql.raw(`'${firstLabel}'`);
  if (type === 'uuid') return sql`gen_random_uuid()`;
  if (type === 'text') return sql`gen_random_uuid()::text`;
  if (type === 'timestamptz') return sql`now()`;
  if (type === 'jsonb') return sql`'[]'::jsonb`;
  if (type === 'date') return sql`current_date`;
  if (type === 'bool') return sql`true`;
  if (type === '_text') return sql`'{}'::text[]`;
  if (type === 'bytea') return sql`'\\x00'::bytea`;
  return sql`1`;
}
