'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { buttonLook } from '@/components/ui/button';
import { cn } from '@/components/ui/class-names';
import { CONTROL } from '@/components/ui/labelled';
import { SearchField } from '@/components/ui/search-field';
import { CAMPAIGN_SORTS, type CampaignSort } from '@/lib/campaigns/sorts';
import { CAMPAIGN_STATUSES } from '@/lib/campaigns/status';
import { listPath, parseCampaignFilters, PERIODS, type CampaignFilters } from './list-filters';

const TYPING_MS = 350;

const SORT_WORDS: Record<CampaignSort, string> = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  name: 'By name',
};

/** A form whose answers live in the address: it works without scripts, and with them at once. */
export function CampaignFilterForm({ filters }: { filters: CampaignFilters }) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [search, setSearch] = useState(filters.search ?? '');
  useEffect(() => () => clearTimeout(timer.current), []);

  function apply(): void {
    clearTimeout(timer.current);
    if (!form.current) return;
    const values = Object.fromEntries(
      [...new FormData(form.current)].map(([name, value]) => [
        name,
        typeof value === 'string' ? value : undefined,
      ]),
    );
    router.replace(listPath(parseCampaignFilters(values)), { scroll: false });
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    apply();
  }

  return (
    <form
      ref={form}
      role="search"
      action="/campaigns"
      onSubmit={submit}
      className="flex flex-wrap gap-2 print:hidden"
    >
      <SearchField
        name="search"
        aria-label="Search by name"
        placeholder="Search by name"
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          clearTimeout(timer.current);
          timer.current = setTimeout(apply, TYPING_MS);
        }}
        className="flex-1 basis-full md:max-w-xs md:basis-48"
      />
      <Choice
        name="status"
        label="Status"
        value={filters.status}
        onChange={apply}
        options={[
          { value: '', word: 'All statuses' },
          ...CAMPAIGN_STATUSES.map((value) => ({ value, word: statusWord(value) })),
        ]}
      />
      <Choice
        name="since"
        label="Created"
        value={filters.since}
        onChange={apply}
        options={[{ value: '', word: 'Any time' }, ...PERIODS]}
      />
      <Choice
        name="sort"
        label="Order"
        value={filters.sort}
        onChange={apply}
        options={CAMPAIGN_SORTS.map((value) => ({ value, word: SORT_WORDS[value] }))}
      />
      <noscript>
        <button type="submit" className={buttonLook()}>
          Search
        </button>
      </noscript>
    </form>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  value: string | undefined;
  options: readonly { value: string; word: string }[];
  onChange: () => void;
}

function Choice({ name, label, value, options, onChange }: ChoiceProps) {
  return (
    <select
      // A filter taken away elsewhere, as by "Show all", is taken away here too.
      key={value ?? ''}
      name={name}
      aria-label={label}
      defaultValue={value ?? options[0]?.value}
      onChange={onChange}
      className={cn(CONTROL, 'w-auto! min-w-0 grow basis-2/5 md:grow-0 md:basis-auto')}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.word}
        </option>
      ))}
    </select>
  );
}

function statusWord(value: string): string {
  return value === 'active' ? 'Sending' : value.charAt(0).toUpperCase() + value.slice(1);
}
