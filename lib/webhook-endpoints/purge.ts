import { database, type Sql } from '@/db/client';

/** How long a delivery stays in its endpoint's log. */
export const KEEP_DAYS = 14;
const BATCH = 5_000;

/**
 * Removes old deliveries, ended or not: what waits for an endpoint that is off does so no longer than this. Also what
 * was recorded for endpoints that are all deleted. Returns how many deliveries went; at most a batch an endpoint.
 */
export async function purgeDeliveries(sql: Sql = database().sql): Promise<number> {
  await sql`
    DELETE FROM webhook_outbox o
    WHERE NOT EXISTS (SELECT 1 FROM webhook_endpoints e WHERE e.workspace_id = o.workspace_id)`;
  const rows = await sql`
    DELETE FROM webhook_deliveries d USING (
      SELECT old.workspace_id, old.id FROM webhook_endpoints e CROSS JOIN LATERAL (
        SELECT workspace_id, id FROM webhook_deliveries
        WHERE workspace_id = e.workspace_id AND endpoint_id = e.id
          AND created_at < now() - make_interval(days => ${KEEP_DAYS})
        ORDER BY created_at, id LIMIT ${BATCH}
      ) old
    ) gone
    WHERE d.workspace_id = gone.workspace_id AND d.id = gone.id
      AND (d.lease_token IS NULL OR d.due_at < now())`;
  return rows.count;
}
