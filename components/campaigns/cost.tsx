'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryKeys } from '@/components/api/query-keys';
import { messageOf } from '@/components/api/request';
import { CostTable } from '@/components/costs/cost-table';
import { costLine } from '@/components/costs/cost-words';
import { Unknown } from '@/components/costs/unknown';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { countOf } from '@/components/ui/numbers';
import { moneyWords } from '@/lib/costs/money';
import type { Campaign } from '@/lib/campaigns/schema';
import type { CampaignCost } from '@/lib/costs/schema';
import { fetchCost } from './api';

const REFRESH_MS = 2_000;
const SHOWN = 6;

interface CostProps {
  campaign: Campaign;
  initial: CampaignCost;
  /** When the server read it, ms since 1970. */
  readAt: number;
}

/** What WhatsApp has priced so far, by country; before the start what it will cost. */
export function Cost({ campaign, initial, readAt }: CostProps) {
  const [showsAll, setShowsAll] = useState(false);
  const query = useQuery({
    queryKey: queryKeys.cost(campaign.id),
    queryFn: ({ signal }) => fetchCost(campaign.id, signal),
    initialData: initial,
    initialDataUpdatedAt: readAt,
    gcTime: 0,
    // Read again only while the live count has more deliveries than this accounts for.
    refetchInterval: ({ state }) => (accountsFor(state.data) >= campaign.delivered ? false : REFRESH_MS),
  });
  const { actual, estimate, sandbox } = query.data;
  const hasBegun = campaign.started_at !== null;
  const sum = hasBegun ? actual : estimate;
  if (hasBegun && sum.lines.length === 0 && actual.without_pricing === 0) return null;
  return (
    <section aria-labelledby="cost" className="space-y-2">
      <h2 id="cost" className="font-semibold">
        Cost
      </h2>
      {query.isError && (
        <Banner look="danger" title="The cost could not be refreshed" role="alert">
          {messageOf(query.error)}
        </Banner>
      )}
      <p>
        {hasBegun ? 'So far: ' : 'Estimate: '}
        <span dir="ltr" className="font-medium">
          {sum.totals.length > 0 ? sum.totals.map(moneyWords).join(' + ') : 'not known'}
        </span>
        <span className="text-muted">{hasBegun && ` (${costLine(actual)})`}</span>
        {sum.rates_of && <span className="text-muted">, by the rates as of {sum.rates_of}</span>}
      </p>
      {sandbox && <p className="text-muted">The sender is on the sandbox: nobody is billed.</p>}
      {sum.unknown > 0 && <Unknown sum={sum} />}
      {hasBegun && actual.without_pricing > 0 && (
        <p className="max-w-[70ch] text-muted">
          Of {countOf(actual.without_pricing, 'delivered message')} WhatsApp has not said the price.
        </p>
      )}
      {sum.lines.length > 0 && (
        <CostTable
          sum={sum}
          caption={hasBegun ? 'What WhatsApp has priced, by country' : 'What it will cost, by country'}
          {...(showsAll ? {} : { limit: SHOWN })}
        />
      )}
      {sum.lines.length > SHOWN && (
        <Button look="quiet" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? 'Show fewer lines' : `Show all ${sum.lines.length} lines`}
        </Button>
      )}
    </section>
  );
}

function accountsFor(cost: CampaignCost | undefined): number {
  if (!cost) return 0;
  const { billed, free, without_pricing: without } = cost.actual;
  return billed + free + without;
}
