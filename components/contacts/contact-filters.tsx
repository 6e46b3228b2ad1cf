import { Search } from 'lucide-react';
import { buttonLook } from '@/components/ui/button';
import { OPT_OUT_SOURCES, SOURCE_WORDS } from '@/lib/opt-outs/sources';
import type { OptOutFilters } from './api';

const BOX = 'h-11 rounded-lg border border-line-strong bg-surface px-3 text-base md:h-9 md:text-sm';

/** A plain form: the filters live in the address, also without scripts. */
export function ContactFilters({ search, source }: OptOutFilters) {
  return (
    <form role="search" action="/contacts" className="flex flex-wrap gap-2">
      <input
        type="search"
        name="search"
        inputMode="tel"
        aria-label="Search by phone number, in any form"
        placeholder="Phone number, in any form"
        maxLength={200}
        defaultValue={search}
        className={`${BOX} min-w-0 flex-1 basis-full md:max-w-xs md:basis-56`}
      />
      <select
        name="source"
        aria-label="Came from"
        defaultValue={source ?? ''}
        className={`${BOX} grow md:grow-0`}
      >
        <option value="">From anywhere</option>
        {OPT_OUT_SOURCES.map((value) => (
          <option key={value} value={value}>
            {SOURCE_WORDS[value].word}
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
