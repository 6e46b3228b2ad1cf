import { and, eq, sql, type SQL } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { campaignCounters, campaigns } from '@/db/schema/campaigns';
import { rateLimits } from '@/db/schema/engine';
import { recipients } from '@/db/schema/recipients';
import { senders, templates } from '@/db/schema/senders';
import { variantOfSlot } from '@/lib/stats/counters';
import type { CountName } from './dto';

/**
 * Row, names, counts and what the engine is at, in one statement, hence one snapshot: the counts of an answer
 * always add up. The engine's facts are read only where sending may be under way, each from the head of a
 * partial index (recipients_in_flight: a few hundred entries at most; recipients_retry: the first one).
 */
export function selectCampaigns(db: Db, where: SQL | undefined) {
  const counts = sumOfSlots(db);
  return db
    .select({
      campaign: campaigns,
      createdAtText: sql<string>`${campaigns.createdAt}::text`,
      templateName: templates.name,
      templateLanguage: templates.language,
      senderName: senders.name,
      senderRateLimit: senders.rateLimit,
      senderNumber: senders.displayPhoneNumber,
      sandbox: senders.sandbox,
      counts: {
        pending: counts.pending,
        sent: counts.sent,
        delivered: counts.delivered,
        read: counts.read,
        failed: counts.failed,
        skipped: counts.skipped,
        unconfirmed: counts.unconfirmed,
        held: counts.held,
        replied: counts.replied,
        optedOut: counts.optedOut,
        clicked: counts.clicked,
        clicks: counts.clicks,
      },
      inFlight: whereSending<number>(
        sql`SELECT count(*)::int FROM ${recipients} WHERE ${ofCampaign} AND ${recipients.state} = 'sending'`,
        sql`0`,
      ),
      // Of the very first that waits: who waits for a window waits longer than anybody for another attempt.
      nextRetryAt: whereSending<string | null>(
        sql`SELECT CASE WHEN waits_for IS NULL THEN retry_at::text END FROM (
          SELECT ${recipients.retryAt}, ${recipients.waitsFor} FROM ${recipients}
          WHERE ${ofCampaign} AND ${recipients.retryAt} IS NOT NULL ORDER BY ${recipients.retryAt} LIMIT 1) first`,
        sql`NULL`,
      ),
      waits: sql<unknown>`CASE WHEN ${campaigns.status} = 'active' THEN (
        SELECT json_agg(json_build_object('reason', w.reason, 'waiting', w.waiting, 'next_at', w.next_at,
          'last_at', w.last_at, 'places', w.places, 'daily', CASE WHEN w.day_limit IS NOT NULL THEN
            json_build_object('limit', w.day_limit, 'used', w.day_used) END) ORDER BY w.next_at)
        FROM campaign_waits w
        WHERE w.workspace_id = ${campaigns.workspaceId} AND w.campaign_id = ${campaigns.id}) END`,
      variantCounts: ofVariants(sql`SELECT json_agg(v) FROM (
        SELECT ${sql.raw(variantOfSlot('k.slot'))} AS variant, sum(k.pending)::int AS pending, sum(k.sent)::int AS sent,
          sum(k.delivered)::int AS delivered, sum(k.read)::int AS read, sum(k.failed)::int AS failed,
          sum(k.skipped)::int AS skipped, sum(k.unconfirmed)::int AS unconfirmed, sum(k.replied)::int AS replied,
          sum(k.opted_out)::int AS opted_out, sum(k.clicked)::int AS clicked
        FROM campaign_counters k
        WHERE k.workspace_id = ${campaigns.workspaceId} AND k.campaign_id = ${campaigns.id} GROUP BY 1) v`),
      templateNames:
        ofVariants(sql`SELECT json_agg(json_build_object('id', t.id, 'name', t.name, 'language', t.language))
        FROM templates t WHERE t.workspace_id = ${campaigns.workspaceId} AND t.id IN (
          SELECT (each->>'template_id')::int FROM jsonb_array_elements(${campaigns.variants}) each)`),
      throttledUntil: sql<string | null>`CASE WHEN ${campaigns.status} = 'active'
        AND ${rateLimits.blockedUntil} > clock_timestamp() THEN ${rateLimits.blockedUntil}::text END`,
      rateFactor: rateLimits.factor,
      followsName: sql<string | null>`(SELECT f.name FROM campaigns f
        WHERE f.workspace_id = ${campaigns.workspaceId} AND f.id = (${campaigns.follows}->>'campaign_id')::uuid)`,
    })
    .from(campaigns)
    .leftJoin(
      templates,
      and(eq(templates.workspaceId, campaigns.workspaceId), eq(templates.id, campaigns.templateId)),
    )
    .leftJoin(
      senders,
      and(eq(senders.workspaceId, campaigns.workspaceId), eq(senders.id, campaigns.senderId)),
    )
    .leftJoin(
      rateLimits,
      and(eq(rateLimits.workspaceId, campaigns.workspaceId), eq(rateLimits.id, campaigns.senderId)),
    )
    .leftJoinLateral(counts, sql`true`)
    .where(where)
    .$dynamic();
}

const ofCampaign = sql`${recipients.workspaceId} = ${campaigns.workspaceId} AND ${recipients.campaignId} = ${campaigns.id}`;

/** Only of the few campaigns that have variants. */
function ofVariants(query: SQL): SQL<unknown> {
  return sql`CASE WHEN ${campaigns.variants} IS NOT NULL THEN (${query}) END`;
}

/** A stopped campaign's last requests may still be under way. */
function whereSending<T>(query: SQL, otherwise: SQL): SQL<T> {
  return sql<T>`CASE WHEN ${campaigns.status} IN ('active', 'paused', 'stopped') THEN (${query}) ELSE ${otherwise} END`;
}

function sumOfSlots(db: Db) {
  return db
    .select({
      pending: total('pending'),
      sent: total('sent'),
      delivered: total('delivered'),
      read: total('read'),
      failed: total('failed'),
      skipped: total('skipped'),
      unconfirmed: total('unconfirmed'),
      held: total('held'),
      replied: total('replied'),
      optedOut: total('optedOut'),
      clicked: total('clicked'),
      clicks: total('clicks'),
    })
    .from(campaignCounters)
    .where(
      and(
        eq(campaignCounters.workspaceId, campaigns.workspaceId),
        eq(campaignCounters.campaignId, campaigns.id),
      ),
    )
    .as('counts');
}

function total(name: CountName) {
  return sql<number>`coalesce(sum(${campaignCounters[name]}), 0)::int`.as(name);
}
