'use client';

import { useState } from 'react';
import type { CountryCount } from '@/components/audience/types';
import { Button } from '@/components/ui/button';
import { formatCount, formatShare } from '@/components/ui/numbers';
import { countryName } from './countries';

const SHOWN = 6;

/** Where the messages go, most first. */
export function Countries({ countries }: { countries: readonly CountryCount[] }) {
  const [showsAll, setShowsAll] = useState(false);
  const total = countries.reduce((sum, { count }) => sum + count, 0);
  const shown = showsAll ? countries : countries.slice(0, SHOWN);
  if (total === 0) return null;
  return (
    <section aria-labelledby="countries-heading">
      <h3 id="countries-heading" className="mb-2 font-medium">
        Countries
      </h3>
      <div className="overflow-hidden rounded-lg border bg-surface">
        <table className="w-full">
          <thead className="sr-only">
            <tr>
              <th scope="col">Country</th>
              <th scope="col">Messages</th>
              <th scope="col">Share</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ country, count }) => (
              <tr key={country ?? 'none'}>
                <th scope="row" className="px-4 py-1.5 text-start font-normal">
                  {countryName(country)}
                </th>
                <td className="px-4 py-1.5 text-end">{formatCount(count)}</td>
                <td className="w-20 px-4 py-1.5 text-end text-muted">{formatShare(count, total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {countries.length > SHOWN && (
        <Button look="quiet" className="mt-1" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? 'Show fewer' : `Show all ${countries.length} countries`}
        </Button>
      )}
    </section>
  );
}
