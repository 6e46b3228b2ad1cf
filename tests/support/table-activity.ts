import type { Sql } from '@/db/client';

export interface TableActivity {
  /** Rows read so far, by any plan. */
  read: number;
  /** Entries of its indexes gone through so far, those of dead rows with them. */
  entries: number;
  updated: number;
  /** Of those, without an index write. */
  hot: number;
}

/** What the server has done with that table so far, all its parts together where it is partitioned. */
export async function tableActivity(table: string, sql: Sql): Promise<TableActivity> {
  await sql`SELECT pg_stat_force_next_flush()`;
  const [row] = await sql<TableActivity[]>`
    WITH parts AS (SELECT relid FROM pg_partition_tree(${table}) UNION SELECT ${table}::regclass)
    SELECT (SELECT sum(idx_tup_read)::int FROM pg_stat_user_indexes WHERE relid IN (SELECT relid FROM parts)) AS entries,
      sum(seq_tup_read + idx_tup_fetch)::int AS read, sum(n_tup_upd)::int AS updated, sum(n_tup_hot_upd)::int AS hot
    FROM pg_stat_user_tables
    WHERE relid IN (SELECT relid FROM parts)`;
  if (!row) throw new Error(`no statistics of ${table}`);
  return row;
}
