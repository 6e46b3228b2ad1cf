'use client';

import { useQuery } from '@tanstack/react-query';
import { messageOf } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import { Banner } from '@/components/ui/banner';
import type { Campaign } from '@/lib/campaigns/schema';
import type { FailureGroup } from '@/lib/recipients/schema';
import { fetchFailures } from './api';
import { AutoRetryPanel } from './auto-retry';
import { FailureCause } from './failure-cause';

const REFRESH_MS = 2_000;

interface FailuresProps {
  campaign: Campaign;
  initial: FailureGroup[];
  /** When the server read it, ms since 1970. */
  readAt: number;
  /** Shows these in the list of recipients. */
  onShow: (errorCode: number | null) => void;
}

/** Who was not reached, by cause: what it means, what to do, and sending again where that helps. */
export function Failures({ campaign, initial, readAt, onShow }: FailuresProps) {
  const query = useQuery({
    queryKey: queryKeys.failures(campaign.id),
    queryFn: ({ signal }) => fetchFailures(campaign.id, signal),
    initialData: initial,
    initialDataUpdatedAt: readAt,
    gcTime: 0,
    // Read again only while it does not account for all that the live count says.
    refetchInterval: ({ state }) => (sum(state.data ?? []) === campaign.failed ? false : REFRESH_MS),
  });
  const groups = query.data;
  if (groups.length === 0) return null;
  return (
    <section aria-labelledby="failures">
      <h2 id="failures" className="mb-2 font-semibold">
        Failed, by cause
      </h2>
      {query.isError && (
        <Banner look="danger" title="The causes could not be refreshed" role="alert">
          {messageOf(query.error)}
        </Banner>
      )}
      <div className="overflow-hidden rounded-lg border bg-surface">
        <ul className="divide-y">
          {groups.map((group) => (
            <FailureCause key={group.error_code} campaign={campaign} group={group} onShow={onShow} />
          ))}
        </ul>
        <AutoRetryPanel
          campaign={campaign}
          groups={groups.filter(({ retry_advice }) => retry_advice !== 'never')}
        />
      </div>
    </section>
  );
}

function sum(groups: readonly FailureGroup[]): number {
  return groups.reduce((total, { count }) => total + count, 0);
}
