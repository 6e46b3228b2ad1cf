import { CAMPAIGN_SORTS, type CampaignSort } from '@/lib/campaigns/sorts';
import { CAMPAIGN_STATUSES, type CampaignStatus } from '@/lib/campaigns/status';

/** How far back a list goes, by what stands in its address. */
export const PERIODS = [
  { value: '24h', word: 'Last 24 hours', hours: 24 },
  { value: '7d', word: 'Last 7 days', hours: 7 * 24 },
  { value: '30d', word: 'Last 30 days', hours: 30 * 24 },
  { value: '90d', word: 'Last 90 days', hours: 90 * 24 },
  { value: '365d', word: 'Last year', hours: 365 * 24 },
] as const;

type Period = (typeof PERIODS)[number]['value'];

/** What the list shows, as it stands in the address. */
export interface CampaignFilters {
  status?: CampaignStatus;
  search?: string;
  since?: Period;
  /** Newest first unless given. */
  sort?: CampaignSort;
}

/** Reads an address; what is not understood is left out. */
export function parseCampaignFilters(params: Record<string, string | string[] | undefined>): CampaignFilters {
  const search = typeof params.search === 'string' ? params.search.trim().slice(0, 200) : '';
  const sort = CAMPAIGN_SORTS.find((value) => value === params.sort);
  return {
    status: CAMPAIGN_STATUSES.find((value) => value === params.status),
    search: search || undefined,
    since: PERIODS.find(({ value }) => value === params.since)?.value,
    sort: sort === 'newest' ? undefined : sort,
  };
}

/** The address of a list, without what it does not need. */
export function listPath(filters: CampaignFilters): string {
  const set = Object.entries(filters).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = new URLSearchParams(set).toString();
  return query ? `/campaigns?${query}` : '/campaigns';
}

/** Whether it leaves campaigns out; an order does not. */
export function isFiltered({ status, search, since }: CampaignFilters): boolean {
  return Boolean(status ?? search ?? since);
}

/** When the period begins. */
export function periodStart(since: Period | undefined, now: Date): Date | undefined {
  const period = PERIODS.find(({ value }) => value === since);
  return period && new Date(now.getTime() - period.hours * 3_600_000);
}
