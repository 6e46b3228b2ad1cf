import type { CampaignHour } from '@/lib/reports/schema';

/** More hours than these are shown by the day: a campaign of a month has hundreds. */
const MOST_HOURS = 36;

export interface Bucket extends Omit<CampaignHour, 'hour'> {
  /** Its beginning, ISO 8601. */
  from: string;
}

export interface Buckets {
  by: 'hour' | 'day';
  buckets: Bucket[];
}

/** The hours as a table can show them: as they are, or added up by the day (UTC). */
export function bucketsOf(hours: readonly CampaignHour[]): Buckets {
  const by = hours.length > MOST_HOURS ? 'day' : 'hour';
  const found = new Map<string, Bucket>();
  for (const { hour, ...counts } of hours) {
    const from = by === 'day' ? `${hour.slice(0, 10)}T00:00:00Z` : hour;
    const { sent = 0, delivered = 0, read = 0, failed = 0 } = found.get(from) ?? {};
    found.set(from, {
      from,
      sent: sent + counts.sent,
      delivered: delivered + counts.delivered,
      read: read + counts.read,
      failed: failed + counts.failed,
    });
  }
  return { by, buckets: [...found.values()] };
}
