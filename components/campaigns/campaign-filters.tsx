import { Search } from 'lucide-react';
import { CAMPAIGN_STATUSES } from '@/lib/campaigns/status';
import { buttonLook } from '@/components/ui/button';

const BOX = 'h-11 rounded-lg border border-line-strong bg-surface px-3 text-base md:h-9 md:text-sm';

/** A plain form: the filters live in the address, also without scripts. */
export function CampaignFilters({ status, search }: { status?: string; search?: string }) {
  return (
    <form role="search" action="/campaigns" className="flex flex-wrap gap-2">
      <input
        type="search"
        name="search"
        aria-label="Search by name"
        placeholder="Search by name"
        maxLength={200}
        defaultValue={search}
        className={`${BOX} min-w-0 flex-1 basis-full md:max-w-xs md:basis-48`}
      />
      <select
        name="status"
        aria-label="Status"
        defaultValue={status ?? ''}
        className={`${BOX} grow md:grow-0`}
      >
        <option value="">All statuses</option>
        {CAMPAIGN_STATUSES.map((value) => (
          <option key={value} value={value}>
            {value === 'active' ? 'Sending' : value.charAt(0).toUpperCase() + value.slice(1)}
          </option>
        ))}
      </select>
      <button type="submit" className={buttonLook('secondary')}>
        <Search aria-hidden />
        Search
      </button>
    </form>
  );
}
