'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Download, FileUp, Plus } from 'lucide-react';
import { useState } from 'react';
import { queryKeys } from '@/components/api/query-keys';
import { messageOf } from '@/components/api/request';
import { Banner } from '@/components/ui/banner';
import { Button, buttonLook } from '@/components/ui/button';
import { cn } from '@/components/ui/class-names';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { countOf } from '@/components/ui/numbers';
import { SearchField } from '@/components/ui/search-field';
import { categoryWord } from '@/components/costs/words';
import { moneyWords } from '@/lib/costs/money';
import type { Rate } from '@/lib/costs/schema';
import { createRate, deleteRate, fetchRates, updateRate, type RateValues } from './api';
import { ImportRatesDialog } from './import-rates-dialog';
import { RateForm } from './rate-form';
import { RateRows } from './rate-rows';

const SHOWN = 100;

interface RatesProps {
  initial: Rate[];
  countries: readonly { value: string; word: string }[];
  /** The day it was read (UTC), as rates are dated. */
  today: string;
  /** When the server read them, ms since 1970. */
  readAt: number;
}

/** What messages cost the workspace: its own list, and the ways to change it. */
export function Rates({ initial, countries, today, readAt }: RatesProps) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: queryKeys.rates,
    queryFn: ({ signal }) => fetchRates(signal),
    initialData: initial,
    initialDataUpdatedAt: readAt,
    gcTime: 0,
  });
  const [asks, setAsks] = useState<'add' | 'import' | null>(null);
  const [editing, setEditing] = useState<Rate | null>(null);
  const [leaving, setLeaving] = useState<Rate | null>(null);
  const refresh = () => void client.invalidateQueries({ queryKey: queryKeys.rates });
  const remove = useMutation({ mutationFn: deleteRate, onSettled: refresh });
  const close = () => {
    setAsks(null);
    setEditing(null);
    refresh();
  };
  const actions = (
    <div className={cn('flex flex-wrap gap-2', query.data.length === 0 && 'justify-center')}>
      <Button onClick={() => setAsks('import')}>
        <FileUp aria-hidden />
        Import
      </Button>
      <a href="/api/rates.csv" download className={buttonLook()}>
        <Download aria-hidden />
        Export
      </a>
      <Button look="primary" onClick={() => setAsks('add')}>
        <Plus aria-hidden />
        Add a rate
      </Button>
    </div>
  );
  const newest = query.data[0];
  return (
    <div className="space-y-6">
      <h2 className="sr-only">Rates</h2>
      {query.isRefetchError && (
        <Banner look="danger" title="The rates could not be read" role="alert">
          {messageOf(query.error)} What was read before is still here.
        </Banner>
      )}
      {remove.isError && (
        <Banner look="danger" title="The rate was not removed" role="alert">
          {messageOf(remove.error)}
        </Banner>
      )}
      {query.data.length === 0 ? (
        <EmptyState action={actions}>
          Enter what WhatsApp charges you for a message, by country and category, and Herald works out what a
          campaign will cost and what it has cost. It brings no prices of its own: yours are in your account
          at WhatsApp.
        </EmptyState>
      ) : (
        <>
          <div className="flex flex-col gap-4 md:flex-row md:items-center md:justify-between">
            <p className="max-w-[60ch] text-muted">
              What WhatsApp charges you for a message. Costs are worked out from these; volume tiers are not
              part of it.
            </p>
            {actions}
          </div>
          <RateList rates={query.data} today={today} onEdit={setEditing} onRemove={setLeaving} />
        </>
      )}
      <Dialog
        open={asks === 'add' || editing !== null}
        onOpenChange={(open) => !open && close()}
        title={editing ? 'Change the rate' : 'Add a rate'}
      >
        {(asks === 'add' || editing !== null) && (
          <RateForm
            initial={editing ? valuesOf(editing) : blank(newest?.currency ?? '', today)}
            countries={countries}
            word={editing ? 'Save the rate' : 'Add the rate'}
            save={(values) => (editing ? updateRate(editing.id, values) : createRate(values))}
            onSaved={close}
          />
        )}
      </Dialog>
      <ImportRatesDialog
        open={asks === 'import'}
        onOpenChange={(open) => setAsks(open ? 'import' : null)}
        onDone={close}
      />
      <ConfirmDialog
        open={leaving !== null}
        onOpenChange={(open) => !open && setLeaving(null)}
        title="Remove this rate?"
        confirm="Remove the rate"
        danger
        onConfirm={() => leaving && remove.mutate(leaving.id)}
      >
        {leaving && (
          <p>
            {leaving.country_name}, {categoryWord(leaving.category).toLowerCase()}, {moneyWords(leaving)} from{' '}
            {leaving.valid_from}. Campaigns of its days are worked out by the rate before it, or have none.
          </p>
        )}
      </ConfirmDialog>
    </div>
  );
}

interface RateListProps {
  rates: readonly Rate[];
  today: string;
  onEdit: (rate: Rate) => void;
  onRemove: (rate: Rate) => void;
}

function RateList({ rates, today, onEdit, onRemove }: RateListProps) {
  const [search, setSearch] = useState('');
  const [limit, setLimit] = useState(SHOWN);
  const wanted = search.trim().toLowerCase();
  const found = rates.filter(({ country, country_name: name, category }) =>
    `${name} ${country} ${category}`.toLowerCase().includes(wanted),
  );
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <SearchField
          aria-label="Search the rates by country or category"
          placeholder="Country or category"
          className="w-full md:w-72"
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            setLimit(SHOWN);
          }}
        />
        <p role="status" className="text-muted">
          {countOf(found.length, 'rate')}
        </p>
      </div>
      {found.length > 0 && (
        <RateRows
          all={rates}
          shown={found.slice(0, limit)}
          today={today}
          onEdit={onEdit}
          onRemove={onRemove}
        />
      )}
      {found.length > limit && <Button onClick={() => setLimit(limit + SHOWN)}>Show more</Button>}
    </div>
  );
}

function valuesOf({ country, category, currency, amount, valid_from }: Rate): RateValues {
  return { country, category, currency, amount, valid_from };
}

function blank(currency: string, today: string): RateValues {
  return { country: '', category: 'marketing', currency, amount: '', valid_from: today };
}
