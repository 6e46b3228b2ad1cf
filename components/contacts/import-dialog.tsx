'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { IssueList } from '@/components/api/fault-banner';
import { CsvImportForm } from '@/components/csv-import/csv-import-form';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { countOf, formatCount } from '@/components/ui/numbers';
import { TextField } from '@/components/ui/text-field';
import type { ImportedOptOuts } from '@/lib/opt-outs/schema';
import { importOptOuts } from './api';
import { CountryField } from './country-field';

interface ImportDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Numbers were added. */
  onDone: () => void;
}

/** Puts a file's numbers on the do-not-contact list, then says what became of each row. */
export function ImportDialog({ open, onOpenChange, onDone }: ImportDialogProps) {
  const [result, setResult] = useState<ImportedOptOuts | null>(null);
  const [isUnderWay, setUnderWay] = useState(false);
  function change(next: boolean): void {
    // Closed by mistake it would go on unseen.
    if (isUnderWay) return;
    onOpenChange(next);
    if (next) setResult(null);
  }
  function finish(imported: ImportedOptOuts): void {
    setResult(imported);
    onDone();
  }
  const title = result ? 'Imported' : 'Import a file';
  return (
    <Dialog open={open} onOpenChange={change} title={title}>
      {result ? (
        <Summary
          result={result}
          onClose={() => {
            onOpenChange(false);
            setResult(null);
          }}
        />
      ) : (
        <ImportForm onUnderWay={setUnderWay} onCancel={() => change(false)} onDone={finish} />
      )}
    </Dialog>
  );
}

interface ImportFormProps {
  onUnderWay: (isUnderWay: boolean) => void;
  onCancel: () => void;
  onDone: (imported: ImportedOptOuts) => void;
}

function ImportForm({ onUnderWay, onCancel, onDone }: ImportFormProps) {
  const [country, setCountry] = useState('');
  const [reason, setReason] = useState('');
  const upload = useMutation({
    mutationFn: importOptOuts,
    onMutate: () => onUnderWay(true),
    onSettled: () => onUnderWay(false),
    onSuccess: onDone,
  });

  function start(file: File): void {
    const form = new FormData();
    if (country) form.set('default_country', country);
    if (reason.trim()) form.set('reason', reason);
    // Last: the server reads the fields before it.
    form.set('file', file);
    upload.mutate(form);
  }

  return (
    <CsvImportForm
      id="import-file"
      hint="A column phone_number; country_code and reason if you have them."
      isPending={upload.isPending}
      error={upload.error}
      onImport={start}
      onCancel={onCancel}
    >
      <CountryField id="import-country" value={country} onChange={setCountry} />
      <TextField
        id="import-reason"
        label="Reason (optional)"
        hint="For the rows without a reason of their own."
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </CsvImportForm>
  );
}

function Summary({ result, onClose }: { result: ImportedOptOuts; onClose: () => void }) {
  const { rows, added, already, duplicates, invalid, issues } = result;
  const counts = [
    ['Added', added],
    ['On the list already', already],
    ['Repeated in the file', duplicates],
    ['No phone number', invalid],
  ] as const;
  return (
    <div className="space-y-4">
      <p role="status">
        {countOf(rows, 'row')} read, {countOf(added, 'number')} added.
      </p>
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line">
        {counts.map(([word, count]) => (
          <div key={word} className="bg-surface px-4 py-3">
            <dt className="text-muted">{word}</dt>
            <dd className="text-lg font-semibold">{formatCount(count)}</dd>
          </div>
        ))}
      </dl>
      {issues.length > 0 && (
        <div>
          <p className="font-medium">
            {invalid > issues.length
              ? `The first ${issues.length} of the rows without a number`
              : 'Rows without a number'}
          </p>
          <IssueList issues={issues} />
        </div>
      )}
      <div className="flex flex-col md:flex-row md:justify-end">
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  );
}
