import { database, type Sql } from '@/db/client';
import { isHeld } from '@/lib/recipients/held';
import { variantOfSlot } from './counters';

export interface Imbalance {
  workspaceId: string;
  campaignId: string;
  counted: Record<string, unknown>;
  actual: Record<string, unknown>;
}

/**
 * Counts the recipients, and what they did, of the campaigns that changed in the last hours anew and returns those whose counters
 * say something else. One statement, one snapshot: a difference is a bug, not a race. At most `limit`
 * recipients a campaign are worth the reading; larger ones are left to the benchmark's and tests' audits.
 */
export async function findUnbalancedCampaigns(
  { limit = 200_000, onlyCampaignId = null }: { limit?: number; onlyCampaignId?: string | null } = {},
  sql: Sql = database().sql,
): Promise<Imbalance[]> {
  const rows = await sql<(Omit<Imbalance, 'counted' | 'actual'> & { counted: string; actual: string })[]>`
    WITH looked_at AS (
      SELECT workspace_id, id, variants IS NOT NULL AS has_variants FROM campaigns
      WHERE total_recipients <= ${limit}
        AND (id = ${onlyCampaignId}::uuid OR (${onlyCampaignId}::uuid IS NULL AND updated_at > now() - interval '6 hours'))
    ),
    counted AS (
      SELECT l.workspace_id, l.id,
        coalesce(sum(pending), 0)::int AS pending, coalesce(sum(sent), 0)::int AS sent,
        coalesce(sum(delivered), 0)::int AS delivered, coalesce(sum(read), 0)::int AS read,
        coalesce(sum(failed), 0)::int AS failed, coalesce(sum(skipped), 0)::int AS skipped,
        coalesce(sum(unconfirmed), 0)::int AS unconfirmed, coalesce(sum(held), 0)::int AS held,
        coalesce(sum(replied), 0)::int AS replied, coalesce(sum(opted_out), 0)::int AS opted_out,
        coalesce(sum(clicked), 0)::int AS clicked, coalesce(sum(clicks), 0)::int AS clicks,
        -- By cause: [[code, failed], …].
        (SELECT coalesce(jsonb_agg(jsonb_build_array(code, n) ORDER BY code), '[]') FROM (
          SELECT error_code AS code, sum(f.failed)::int AS n FROM failure_counters f
          WHERE f.workspace_id = l.workspace_id AND f.campaign_id = l.id
          GROUP BY error_code HAVING sum(f.failed) <> 0) causes) AS causes,
        -- By variant, of a campaign that has some: [[variant, pending, sent, …], …].
        CASE WHEN l.has_variants THEN (SELECT coalesce(jsonb_agg(to_jsonb(v) ORDER BY v.variant), '[]') FROM (
          SELECT ${sql.unsafe(variantOfSlot('s.slot'))} AS variant, sum(s.pending)::int AS pending, sum(s.sent)::int AS sent,
            sum(s.delivered)::int AS delivered, sum(s.read)::int AS read, sum(s.failed)::int AS failed,
            sum(s.skipped)::int AS skipped, sum(s.unconfirmed)::int AS unconfirmed,
            sum(s.replied)::int AS replied, sum(s.clicked)::int AS clicked
          FROM campaign_counters s WHERE s.workspace_id = l.workspace_id AND s.campaign_id = l.id
          GROUP BY 1 HAVING sum(s.pending + s.sent + s.failed + s.skipped + s.unconfirmed) <> 0) v) END AS variants,
        -- By price: [[calling code, country, pricing, messages], …].
        (SELECT coalesce(jsonb_agg(jsonb_build_array(calling_code, country, pricing, n)
            ORDER BY calling_code, country, pricing), '[]') FROM (
          SELECT calling_code, country, pricing, sum(messages)::int AS n FROM cost_counters p
          WHERE p.workspace_id = l.workspace_id AND p.campaign_id = l.id
          GROUP BY calling_code, country, pricing HAVING sum(messages) <> 0) prices) AS prices
      FROM looked_at l LEFT JOIN campaign_counters k ON k.workspace_id = l.workspace_id AND k.campaign_id = l.id
      GROUP BY l.workspace_id, l.id, l.has_variants
    ),
    actual AS (
      SELECT l.workspace_id, l.id,
        count(*) FILTER (WHERE r.status IN ('pending', 'sending'))::int AS pending,
        count(*) FILTER (WHERE r.status IN ('sent', 'delivered', 'read'))::int AS sent,
        count(*) FILTER (WHERE r.status IN ('delivered', 'read'))::int AS delivered,
        count(*) FILTER (WHERE r.status = 'read')::int AS read,
        count(*) FILTER (WHERE r.status = 'failed')::int AS failed,
        count(*) FILTER (WHERE r.status = 'skipped')::int AS skipped,
        count(*) FILTER (WHERE r.status = 'unconfirmed')::int AS unconfirmed,
        count(*) FILTER (WHERE ${sql.unsafe(isHeld('r'))})::int AS held,
        max(p.replied) AS replied, max(p.opted_out) AS opted_out, max(p.clicked) AS clicked, max(p.clicks) AS clicks,
        (SELECT coalesce(jsonb_agg(jsonb_build_array(code, n) ORDER BY code), '[]') FROM (
          SELECT error_code AS code, count(*)::int AS n FROM recipients f
          WHERE f.workspace_id = l.workspace_id AND f.campaign_id = l.id
            AND f.failed_at IS NOT NULL AND f.status = 'failed'
          GROUP BY error_code) causes) AS causes,
        CASE WHEN l.has_variants THEN (SELECT coalesce(jsonb_agg(to_jsonb(v) ORDER BY v.variant), '[]') FROM (
          SELECT coalesce(s.variant, 0) AS variant,
            count(*) FILTER (WHERE s.status IN ('pending', 'sending'))::int AS pending,
            count(*) FILTER (WHERE s.status IN ('sent', 'delivered', 'read'))::int AS sent,
            count(*) FILTER (WHERE s.status IN ('delivered', 'read'))::int AS delivered,
            count(*) FILTER (WHERE s.status = 'read')::int AS read,
            count(*) FILTER (WHERE s.status = 'failed')::int AS failed,
            count(*) FILTER (WHERE s.status = 'skipped')::int AS skipped,
            count(*) FILTER (WHERE s.status = 'unconfirmed')::int AS unconfirmed,
            count(q.replied_at)::int AS replied, count(q.clicked_at)::int AS clicked
          FROM recipients s LEFT JOIN recipient_responses q
            ON q.workspace_id = s.workspace_id AND q.campaign_id = s.campaign_id AND q.recipient_id = s.id
          WHERE s.workspace_id = l.workspace_id AND s.campaign_id = l.id
          GROUP BY 1) v) END AS variants,
        (SELECT coalesce(jsonb_agg(jsonb_build_array(calling_code, country, pricing, n)
            ORDER BY calling_code, country, pricing), '[]') FROM (
          SELECT p.calling_code, p.country, substr(entry, strpos(entry, ' ') + 1) AS pricing, count(*)::int AS n
          FROM recipients p, unnest(string_to_array(p.priced, ',')) entry
          WHERE p.workspace_id = l.workspace_id AND p.campaign_id = l.id
          GROUP BY p.calling_code, p.country, pricing) prices) AS prices
      FROM looked_at l
        CROSS JOIN LATERAL (
          SELECT count(replied_at)::int AS replied, count(opted_out_at)::int AS opted_out,
            count(clicked_at)::int AS clicked, coalesce(sum(clicks), 0)::int AS clicks
          FROM recipient_responses p WHERE p.workspace_id = l.workspace_id AND p.campaign_id = l.id
        ) p
        LEFT JOIN recipients r ON r.workspace_id = l.workspace_id AND r.campaign_id = l.id
      GROUP BY l.workspace_id, l.id, l.has_variants
    )
    SELECT c.workspace_id AS "workspaceId", c.id AS "campaignId", to_json(c)::text AS counted, to_json(a)::text AS actual
    FROM counted c JOIN actual a USING (workspace_id, id)
    WHERE c IS DISTINCT FROM a`;
  return rows.map((row) => ({ ...row, counted: parse(row.counted), actual: parse(row.actual) }));
}

function parse(json: string): Record<string, unknown> {
  return JSON.parse(json) as Record<string, unknown>;
}
