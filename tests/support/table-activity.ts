import type { Sql } from '@/db/client';

export interface TableActivity {
  /** Rows read so far, by any plan. */
  read: number;
  updated: number;
  /** Of those, without an index write. */
  hot: number;
}

/** What the server has done with that table so far, all its parts together where it is partitioned. */
export async function tableActivity(table: string, sql: Sql): Promise<TableActivity> {
  await sql`SELECT pg_stat_force_next_flush()`;
  const [row] = await sql<TableActivity[]>`
    SELECT sum(seq_tup_read + idx_tup_fetch)::int AS read, sum(n_tup_upd)::int AS updated, sum(n_tup_hot_upd)::int AS hot
    FROM pg_stat_user_tables
    WHERE relid IN (SELECT relid FROM pg_partition_tree(${table}) UNION SELECT ${table}::regclass)`;
  if (!row) throw new Error(`no statistics of ${table}`);
  return row;
}
