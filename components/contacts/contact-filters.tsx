import { buttonLook } from '@/components/ui/button';
import { cn } from '@/components/ui/class-names';
import { CONTROL } from '@/components/ui/labelled';
import { SearchField } from '@/components/ui/search-field';
import { OPT_OUT_SOURCES, SOURCE_WORDS } from '@/lib/opt-outs/sources';
import type { OptOutFilters } from './api';

/** A plain form: the filters live in the address, also without scripts. */
export function ContactFilters({ search, source }: OptOutFilters) {
  return (
    <form role="search" action="/contacts" className="flex flex-wrap gap-2">
      <SearchField
        name="search"
        inputMode="tel"
        aria-label="Search by phone number, in any form"
        placeholder="Phone number, in any form"
        defaultValue={search}
        className="flex-1 basis-full md:max-w-xs md:basis-56"
      />
      <select
        name="source"
        aria-label="Came from"
        defaultValue={source ?? ''}
        className={cn(CONTROL, 'w-auto! min-w-0 grow basis-2/5 md:grow-0 md:basis-auto')}
      >
        <option value="">From anywhere</option>
        {OPT_OUT_SOURCES.map((value) => (
          <option key={value} value={value}>
            {SOURCE_WORDS[value].word}
          </option>
        ))}
      </select>
      <button type="submit" className={buttonLook('secondary')}>
        Search
      </button>
    </form>
  );
}
