import { counterSlot } from './counters';

/**
 * The CTEs that count what WhatsApp has priced, after those of countChanges and countFailures: for the one statement
 * that writes `recipients.priced`. Its `written` then also has calling_code, country, old_priced and new_priced.
 * Most batches change one entry a row, from nothing; an entry that is replaced leaves its old count again.
 */
export function countPrices(slot: number = counterSlot): string {
  return `
  price_deltas AS (
    SELECT workspace_id, campaign_id, calling_code, country, substr(entry, strpos(entry, ' ') + 1) AS pricing, sum(n)::int AS n
    FROM (
      SELECT workspace_id, campaign_id, calling_code, country, unnest(string_to_array(new_priced, ',')) AS entry, 1 AS n
      FROM written WHERE new_priced IS DISTINCT FROM old_priced
      UNION ALL
      SELECT workspace_id, campaign_id, calling_code, country, unnest(string_to_array(old_priced, ',')), -1
      FROM written WHERE old_priced IS NOT NULL AND new_priced IS DISTINCT FROM old_priced
    ) moved
    -- Reading the counters by cause puts their locks first, in every statement.
    WHERE (SELECT count(*) FROM failures_counted) IS NOT NULL
    GROUP BY workspace_id, campaign_id, calling_code, country, pricing HAVING sum(n) <> 0
    ORDER BY workspace_id, campaign_id, calling_code, country, pricing
  ),
  prices_counted AS (
    INSERT INTO cost_counters AS k (workspace_id, campaign_id, slot, calling_code, country, pricing, messages)
    SELECT workspace_id, campaign_id, ${Number(slot)}, calling_code, country, pricing, n FROM price_deltas
    ON CONFLICT (workspace_id, campaign_id, slot, calling_code, country, pricing) DO UPDATE SET
      messages = k.messages + excluded.messages
    RETURNING 1
  )`;
}
