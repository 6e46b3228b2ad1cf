import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { Button, buttonLook } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { contactPath, type OptOutFilters } from './api';

/** A whole number that is not on the list may still have been written to. */
export function LookUp({ phone }: { phone: string }) {
  return (
    <div className="flex flex-col items-start gap-3 rounded-lg border bg-surface p-4 md:flex-row md:items-center md:justify-between">
      <p>
        <strong dir="ltr" className="font-semibold">
          {phone}
        </strong>{' '}
        is not on the do-not-contact list.
      </p>
      <Link href={contactPath(phone)} className={buttonLook('secondary')}>
        See what was sent to it
        <ArrowRight aria-hidden className="rtl:rotate-180" />
      </Link>
    </div>
  );
}

export function NothingFound({ filters }: { filters: OptOutFilters }) {
  return (
    <EmptyState
      action={
        <Link href="/contacts" className={buttonLook()}>
          Show the whole list
        </Link>
      }
    >
      {filters.search === undefined
        ? 'No number came onto the list this way.'
        : 'No number on the list matches. To look up anybody else, write the whole number with + and its country code.'}
    </EmptyState>
  );
}

export function NothingYet({ onAdd }: { onAdd: () => void }) {
  return (
    <EmptyState
      action={
        <Button look="primary" onClick={onAdd}>
          Add numbers
        </Button>
      }
    >
      Nobody has asked to be left alone yet. Whoever answers STOP appears here by themselves.
    </EmptyState>
  );
}
