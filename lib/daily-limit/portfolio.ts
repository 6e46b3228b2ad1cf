import { sql, type SQL } from 'drizzle-orm';
import type { Db } from '@/db/client';
import type { WorkspaceId } from '@/lib/tenant';

/**
 * By what the people of a sender, a row `s` of senders, are counted: its business portfolio; as long as nobody of its
 * account knows that, the account. One that was just added knows it from the others.
 */
export function portfolioKey(): SQL {
  return sql`coalesce(s.portfolio_id, (
    SELECT max(o.portfolio_id) FROM senders o WHERE o.workspace_id = s.workspace_id AND o.waba_id = s.waba_id
  ), s.waba_id)`;
}

/**
 * Who was counted in one portfolio also counts in another one from now on: senders go over to it. The people stay in the
 * old one too, for others of it may stay, and whose of them they are nobody knows: one counts too many for a day, never
 * too few. Whatever was claimed under the old one is in the ledger once its lock is got, and what knows only the old one is
 * granted nothing after the commit, by the revision; also where the old one had no row yet, which is made for that.
 */
export async function joinPortfolio(
  { workspaceId, from, to }: { workspaceId: WorkspaceId; from: string; to: string },
  tx: Db,
): Promise<void> {
  const both = sql`(${from}::text, ${to}::text)`;
  // In one order, here and in the lock: two at once, also to and fro, are one after the other.
  await tx.execute(sql`
    INSERT INTO daily_limits (workspace_id, portfolio)
    SELECT ${workspaceId}::uuid, portfolio FROM unnest(ARRAY[${from}, ${to}]::text[]) portfolio ORDER BY portfolio
    ON CONFLICT DO NOTHING`);
  await tx.execute(sql`
    SELECT 1 FROM daily_limits WHERE workspace_id = ${workspaceId} AND portfolio IN ${both}
    ORDER BY portfolio FOR UPDATE`);
  // A statement of its own: it sees what was committed while the lock was waited for.
  await tx.execute(sql`
    WITH joined AS (
      INSERT INTO daily_recipients AS d (workspace_id, portfolio, phone, last_at)
      SELECT workspace_id, ${to}, phone, last_at FROM daily_recipients
      WHERE workspace_id = ${workspaceId} AND portfolio = ${from}
      ON CONFLICT (workspace_id, portfolio, phone) DO UPDATE SET last_at = greatest(d.last_at, excluded.last_at)
      RETURNING (xmax = 0) AS is_new
    )
    UPDATE daily_limits SET
      used = used + CASE WHEN portfolio = ${to} THEN (SELECT count(*)::int FROM joined WHERE is_new) ELSE 0 END,
      revision = revision + CASE WHEN portfolio = ${from} THEN 1 ELSE 0 END
    WHERE workspace_id = ${workspaceId} AND portfolio IN ${both}`);
}
