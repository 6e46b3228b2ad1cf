'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { queryKeys } from '@/components/api/query-keys';
import { messageOf } from '@/components/api/request';
import { fetchRates } from '@/components/rates/api';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { moneyWords } from '@/lib/costs/money';
import type { Rate } from '@/lib/costs/schema';
import { asCounted, categoryOf, dayOf, sumCosts, type CategoryPart } from '@/lib/costs/sum';
import { CostTable } from './cost-table';
import { Unknown } from './unknown';

const SHOWN = 6;

interface EstimateProps {
  /** Of the list that is about to be sent. */
  countries: readonly { country: string | null; count: number }[];
  /** The categories of its messages, as their templates have them, each with its part of the people. */
  parts: readonly CategoryPart[];
  /** Some wait for the message that a test chooses. */
  isHeldBack: boolean;
  /** When it starts, ms since 1970; null: now. */
  startsAt: number | null;
}

/** What the campaign will cost by the workspace's own rates: an estimate, and it says what it does not know. */
export function Estimate({ countries, parts, isHeldBack, startsAt }: EstimateProps) {
  const { data, isError, error } = useQuery({
    queryKey: queryKeys.rates,
    queryFn: ({ signal }) => fetchRates(signal),
  });
  return (
    <section aria-labelledby="estimate-heading" className="space-y-2">
      <h3 id="estimate-heading" className="font-medium">
        Cost
      </h3>
      {isError && (
        <Banner look="warn" title="The rates could not be read">
          {messageOf(error)} Sending needs none.
        </Banner>
      )}
      {data && <Sum rates={data} {...{ countries, parts, isHeldBack, startsAt }} />}
    </section>
  );
}

function Sum({ rates, countries, parts, isHeldBack, startsAt }: EstimateProps & { rates: readonly Rate[] }) {
  const [showsAll, setShowsAll] = useState(false);
  if (rates.length === 0) return <NoRates />;
  const people = countries.map(({ country, count }) => ({ country, callingCode: null, people: count }));
  const day = dayOf(startsAt === null ? new Date() : new Date(startsAt));
  const categories = parts.map(({ category, weight }) => ({ category: categoryOf(category), weight }));
  const isMixed = new Set(categories.map(({ category }) => category)).size > 1;
  const sum = sumCosts(asCounted(people, categories), rates, day);
  return (
    <>
      <p>
        <span className="text-base font-semibold" dir="ltr">
          {sum.totals.length > 0 ? sum.totals.map(moneyWords).join(' + ') : 'Not known'}
        </span>{' '}
        <span className="text-muted">
          {sum.rates_of === null ? 'no rate fits' : `estimate, as of ${sum.rates_of}`}
        </span>
      </p>
      {sum.unknown > 0 && <Unknown sum={sum} />}
      <CostTable sum={sum} caption="What it will cost, by country" {...(showsAll ? {} : { limit: SHOWN })} />
      {sum.lines.length > SHOWN && (
        <Button look="quiet" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? 'Show fewer lines' : `Show all ${sum.lines.length} lines`}
        </Button>
      )}
      <p className="max-w-[70ch] text-muted">
        By your own rates, if all of them are delivered. WhatsApp may charge less: volume tiers and messages
        it gives for free are not in it.
        {isMixed && ' The messages are of different categories: people are counted by their shares.'}
        {isMixed && isHeldBack && ' What those who wait cost depends on the message that is chosen.'}
      </p>
    </>
  );
}

function NoRates() {
  return (
    <p className="max-w-[70ch] text-muted">
      Herald does not know what WhatsApp charges you.{' '}
      <Link href="/settings/rates" className="text-accent underline">
        Enter your rates
      </Link>{' '}
      to see what a campaign costs; sending needs none.
    </p>
  );
}
