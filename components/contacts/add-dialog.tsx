'use client';

import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { notify } from '@/components/ui/notify';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { countOf } from '@/components/ui/numbers';
import { TextArea } from '@/components/ui/text-area';
import { TextField } from '@/components/ui/text-field';
import type { AddedOptOuts } from '@/lib/opt-outs/schema';
import { addOptOuts } from './api';
import { CountryField } from './country-field';
import { FaultBanner } from '@/components/api/fault-banner';

interface AddDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What stands in the box at first. */
  phones?: string;
  onDone: () => void;
}

/** Puts one number or many on the do-not-contact list. */
export function AddDialog({ open, onOpenChange, phones, onDone }: AddDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Add to the do-not-contact list">
      <AddForm
        phones={phones}
        onCancel={() => onOpenChange(false)}
        onDone={() => {
          onOpenChange(false);
          onDone();
        }}
      />
    </Dialog>
  );
}

interface AddFormProps {
  phones?: string;
  onCancel: () => void;
  onDone: () => void;
}

function AddForm({ phones = '', onCancel, onDone }: AddFormProps) {
  const [text, setText] = useState(phones);
  const [country, setCountry] = useState('');
  const [reason, setReason] = useState('');
  const [faults, setFaults] = useState<{ phones?: string; reason?: string }>({});
  const add = useMutation({
    mutationFn: addOptOuts,
    onSuccess: (added) => {
      notify(outcomeOf(added));
      onDone();
    },
  });

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (add.isPending) return;
    const numbers = splitNumbers(text);
    const found = {
      phones: numbers.length === 0 ? 'Give at least one phone number.' : undefined,
      reason: reason.trim().length < 3 ? 'Say why, in at least three characters.' : undefined,
    };
    setFaults(found);
    const first = found.phones ? 'add-phones' : found.reason ? 'add-reason' : null;
    if (first) document.getElementById(first)?.focus();
    else add.mutate({ phones: numbers, reason, ...(country && { default_country: country }) });
  }

  return (
    <form noValidate onSubmit={submit} className="space-y-4">
      {add.isError && <FaultBanner title="No number was added" error={add.error} />}
      <TextArea
        id="add-phones"
        label="Phone numbers"
        hint="One a line, or with commas between them; in any form."
        placeholder={'+1 202 555 0123\n0044 7911 123456'}
        dir="ltr"
        inputMode="tel"
        rows={4}
        value={text}
        error={faults.phones}
        onChange={(event) => setText(event.target.value)}
      />
      <CountryField id="add-country" value={country} onChange={setCountry} />
      <TextField
        id="add-reason"
        label="Reason"
        hint="Kept with your name, for whoever asks later."
        maxLength={500}
        value={reason}
        error={faults.reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="flex flex-col-reverse gap-2 md:flex-row md:justify-end">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" look="primary" busy={add.isPending}>
          Add to the list
        </Button>
      </div>
    </form>
  );
}

/** Lines, commas and semicolons part numbers; blanks are part of one. */
function splitNumbers(text: string): string[] {
  return text
    .split(/[\n,;]+/)
    .map((part) => part.trim())
    .filter(Boolean);
}

function outcomeOf({ added, already }: AddedOptOuts): string {
  if (added === 0) return already === 1 ? 'It was on the list already.' : 'All were on the list already.';
  const rest = already > 0 ? `; ${countOf(already, 'was', 'were')} on it already` : '';
  return `${countOf(added, 'number')} added${rest}.`;
}
