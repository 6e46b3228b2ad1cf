import { database, type Sql } from '@/db/client';
import type { WorkspaceId } from '@/lib/tenant';

interface Limiter {
  workspaceId: WorkspaceId;
  /** The sender's id. */
  id: string;
}

/** The least share of its rate a slowed sender keeps. */
const LOWEST_FACTOR = 0.02;

/**
 * WhatsApp said too fast: nobody sends from this number for a moment, then slower. The wait grows with how
 * often it happens, because the factor has fallen by then. Answers to requests already under way come in
 * bunches: they count once.
 */
export async function slowDown(limiter: Limiter, sql: Sql = database().sql): Promise<void> {
  await sql`
    UPDATE rate_limits SET
      blocked_until = greatest(blocked_until, clock_timestamp() + make_interval(secs => least(0.5 / factor, 30) * (0.8 + 0.4 * random()))),
      factor = greatest(factor * 0.8, ${LOWEST_FACTOR}::real),
      adjusted_at = clock_timestamp()
    WHERE workspace_id = ${limiter.workspaceId} AND id = ${limiter.id}
      AND (factor = 1 OR adjusted_at < clock_timestamp() - interval '500 ms')`;
}

/** After several lost answers in a row: about one message a second goes out, to see whether WhatsApp is back. */
export async function probe(limiter: Limiter, sql: Sql = database().sql): Promise<void> {
  await sql`
    UPDATE rate_limits SET factor = least(factor, greatest(1 / rate, 0.001)::real), adjusted_at = clock_timestamp()
    WHERE workspace_id = ${limiter.workspaceId} AND id = ${limiter.id}`;
}

/** Raises a slowed sender step by step. Called about once a second while it sends and is not refused. */
export async function speedUp(limiter: Limiter, sql: Sql = database().sql): Promise<void> {
  await sql`
    UPDATE rate_limits SET factor = least(1, factor * 1.25 + 0.01), adjusted_at = clock_timestamp()
    WHERE workspace_id = ${limiter.workspaceId} AND id = ${limiter.id}
      AND factor < 1 AND adjusted_at < clock_timestamp() - interval '1 s' AND blocked_until < clock_timestamp()`;
}
