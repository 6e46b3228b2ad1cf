import type { campaigns } from '@/db/schema/campaigns';
import { followsSchema } from '@/lib/follow-ups/schema';
import type { CampaignWait } from '@/lib/send-window/schema';
import { timeZonesOf } from '@/lib/senders/time-zones';
import { toHoldback, toVariants } from '@/lib/variants/dto';
import type { Campaign } from './schema';

/** What queries.ts selects: a campaign's row, its template's and sender's words, the sums of its counters. */
export interface CampaignRow {
  campaign: typeof campaigns.$inferSelect;
  templateName: string | null;
  templateLanguage: string | null;
  senderName: string | null;
  senderRateLimit: number | null;
  /** As WhatsApp displays it. */
  senderNumber: string | null;
  sandbox: boolean | null;
  counts: Record<CountName, number | null> | null;
  inFlight: number;
  /** PostgreSQL's own text of a time. */
  nextRetryAt: string | null;
  /** What select.ts reads of a campaign with variants; null of any other. */
  variantCounts: unknown;
  templateNames: unknown;
  /** What waits() of select.ts made of campaign_waits. */
  waits: unknown;
  throttledUntil: string | null;
  rateFactor: number | null;
  /** Of the campaign it follows. */
  followsName: string | null;
}

export type CountName =
  | 'pending'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'failed'
  | 'skipped'
  | 'unconfirmed'
  | 'held'
  | 'replied'
  | 'optedOut'
  | 'clicked'
  | 'clicks';

/** The one place where a campaign takes its outside shape, for pages, routes and live updates alike. */
export function toCampaign({ campaign: c, counts, ...row }: CampaignRow): Campaign {
  return {
    id: c.id,
    user_id: c.userId,
    sender_id: c.senderId,
    sender_name: row.senderName ?? '',
    sandbox: row.sandbox ?? false,
    name: c.name,
    template_id: c.templateId,
    template_name: row.templateName ?? '',
    template_language: row.templateLanguage ?? '',
    status: c.status,
    total_recipients: c.totalRecipients,
    sent: counts?.sent ?? 0,
    delivered: counts?.delivered ?? 0,
    read: counts?.read ?? 0,
    failed: counts?.failed ?? 0,
    pending: counts?.pending ?? 0,
    skipped: counts?.skipped ?? 0,
    unconfirmed: counts?.unconfirmed ?? 0,
    held: counts?.held ?? 0,
    replied: counts?.replied ?? 0,
    opted_out: counts?.optedOut ?? 0,
    clicked: counts?.clicked ?? 0,
    clicks: counts?.clicks ?? 0,
    track_clicks: c.trackClicks,
    in_flight: row.inFlight,
    next_retry_at: toIso(row.nextRetryAt),
    waits: toWaits(row.waits),
    throttled_until: toIso(row.throttledUntil),
    rate_factor: row.rateFactor ?? 1,
    worker_count: c.workerCount,
    rate_limit: c.rateLimit,
    sender_rate_limit: row.senderRateLimit,
    unconfirmed_policy: c.unconfirmedPolicy,
    auto_retry: c.autoRetry,
    sender_time_zones: [...timeZonesOf(row.senderNumber)],
    scheduled_at: c.scheduledAt?.toISOString() ?? null,
    scheduled_time_zone: c.scheduledTimeZone,
    start_missed_at: c.status === 'scheduled' ? (c.startMissedAt?.toISOString() ?? null) : null,
    paused_reason: c.pausedReason,
    import: {
      rows: c.importRows,
      invalid: c.importInvalid,
      duplicates: c.importDuplicates,
      suppressed: c.importSuppressed,
    },
    list: { source: c.listSource, name: c.listName, attested: c.attested },
    follows: toFollows(c.follows, row.followsName),
    variants: toVariants(c.variants, row.variantCounts, row.templateNames),
    holdback: toHoldback(c, row.variantCounts),
    created_at: c.createdAt.toISOString(),
    updated_at: c.updatedAt.toISOString(),
    started_at: c.startedAt?.toISOString() ?? null,
    completed_at: c.completedAt?.toISOString() ?? null,
  };
}

function toIso(text: string | null): string | null {
  return text === null ? null : new Date(text).toISOString();
}

function toWaits(stored: unknown): CampaignWait[] {
  // Drizzle's pool setting hands json over as text.
  const waits = (typeof stored === 'string' ? JSON.parse(stored) : stored) as CampaignWait[] | null;
  return (waits ?? []).map((wait) => ({
    ...wait,
    next_at: new Date(wait.next_at).toISOString(),
    last_at: new Date(wait.last_at).toISOString(),
  }));
}

function toFollows(stored: unknown, name: string | null): Campaign['follows'] {
  const follows = followsSchema.safeParse(stored).data;
  return follows ? { ...follows, name } : null;
}
