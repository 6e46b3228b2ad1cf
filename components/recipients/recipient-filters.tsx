'use client';

import { Download, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button, buttonLook } from '@/components/ui/button';
import { cn } from '@/components/ui/class-names';
import { CONTROL } from '@/components/ui/labelled';
import { SearchField } from '@/components/ui/search-field';
import { RECIPIENT_RESPONSES, RECIPIENT_STATUSES } from '@/lib/recipients/status';
import { filterParams } from './recipient-filter';
import { recipientResponseWord, recipientStatusWord } from './recipient-status';
import type { RecipientFilterState } from './use-recipient-filter';

const TYPING_MS = 300;

interface RecipientFiltersProps {
  campaignId: string;
  filter: RecipientFilterState;
}

/** What is listed, and the same as a file. */
export function RecipientFilters({ campaignId, filter: { chosen, choose } }: RecipientFiltersProps) {
  const params = filterParams(chosen, 'error_code').toString();
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchBox
        value={chosen.search ?? ''}
        onChange={(search) => choose({ ...chosen, search: search || undefined })}
      />
      <select
        aria-label="Status of the recipients"
        value={chosen.response ?? chosen.status ?? ''}
        onChange={(event) => {
          const status = RECIPIENT_STATUSES.find((known) => known === event.target.value);
          const response = RECIPIENT_RESPONSES.find((known) => known === event.target.value);
          choose({ status, response, search: chosen.search });
        }}
        className={cn(CONTROL, 'w-auto! min-w-0 grow basis-2/5 md:grow-0 md:basis-auto')}
      >
        <option value="">All statuses</option>
        {RECIPIENT_STATUSES.map((value) => (
          <option key={value} value={value}>
            {recipientStatusWord(value)}
          </option>
        ))}
        <optgroup label="What they did">
          {RECIPIENT_RESPONSES.map((value) => (
            <option key={value} value={value}>
              {recipientResponseWord(value)}
            </option>
          ))}
        </optgroup>
      </select>
      {chosen.errorCode !== undefined && (
        <Button onClick={() => choose({ ...chosen, errorCode: undefined })}>
          <span className="sr-only">Take away: </span>
          {chosen.errorCode === null ? 'Without a code' : `Code ${chosen.errorCode}`}
          <X aria-hidden />
        </Button>
      )}
      <a
        href={`/api/campaigns/${campaignId}/recipients.csv${params ? `?${params}` : ''}`}
        download
        className={buttonLook('secondary', 'print:hidden')}
      >
        <Download aria-hidden />
        CSV
      </a>
    </div>
  );
}

/** Searches when typing rests. */
function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function type(text: string): void {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      onChange(text.trim());
      setTyped(null);
    }, TYPING_MS);
  }
  return (
    <SearchField
      aria-label="Search the recipients"
      placeholder="Phone number or text of the row"
      value={typed ?? value}
      onChange={(event) => type(event.target.value)}
      className="flex-1 basis-full md:max-w-xs md:basis-48"
    />
  );
}
