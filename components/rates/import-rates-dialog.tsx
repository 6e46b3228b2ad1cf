'use client';

import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { FaultBanner } from '@/components/contacts/fault-banner';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { notify } from '@/components/ui/notify';
import { countOf, formatCount } from '@/components/ui/numbers';
import { TextField } from '@/components/ui/text-field';
import { importRates } from './api';

interface ImportRatesDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDone: () => void;
}

/** Takes the rates of a file: all of them, or none and why. */
export function ImportRatesDialog({ open, onOpenChange, onDone }: ImportRatesDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Import rates">
      <ImportForm onCancel={() => onOpenChange(false)} onDone={onDone} />
    </Dialog>
  );
}

function ImportForm({ onCancel, onDone }: { onCancel: () => void; onDone: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [fault, setFault] = useState<string>();
  const upload = useMutation({
    mutationFn: importRates,
    onSuccess: ({ rows, added, changed, unchanged }) => {
      notify(
        `${countOf(rows, 'rate')} read: ${formatCount(added)} new, ${formatCount(changed)} changed, ${formatCount(unchanged)} as before`,
      );
      onDone();
    },
  });

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (upload.isPending) return;
    setFault(file ? undefined : 'Choose a file.');
    if (!file) return document.getElementById('rates-file')?.focus();
    const form = new FormData();
    form.set('file', file);
    upload.mutate(form);
  }

  return (
    <form noValidate onSubmit={submit} className="space-y-4">
      {upload.isError && <FaultBanner title="Nothing was imported" error={upload.error} />}
      <p className="text-muted">
        A rate of the same country, category and day is replaced; the others stay. Export the rates to have a
        file to start from.
      </p>
      <TextField
        id="rates-file"
        label="CSV file"
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        hint="The columns country (like IN), category, amount, currency, valid_from (like 2026-01-31)."
        className="h-auto! py-2 file:me-3 file:border-0 file:bg-transparent file:font-medium file:text-accent"
        error={fault}
        onChange={(event) => setFile(event.target.files?.[0] ?? null)}
      />
      <div className="flex flex-col-reverse gap-2 md:flex-row md:justify-end">
        <Button onClick={onCancel} disabled={upload.isPending}>
          Cancel
        </Button>
        <Button type="submit" look="primary" busy={upload.isPending}>
          {upload.isPending ? 'Importing…' : 'Import'}
        </Button>
      </div>
    </form>
  );
}
