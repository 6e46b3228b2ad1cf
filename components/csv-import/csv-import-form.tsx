'use client';

import { useState, type FormEvent, type ReactNode } from 'react';
import { FaultBanner } from '@/components/api/fault-banner';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';

interface CsvImportFormProps {
  /** Of the field of the file. */
  id: string;
  /** Which columns the file has. */
  hint: string;
  isPending: boolean;
  /** Why nothing was imported. */
  error: Error | null;
  onImport: (file: File) => void;
  onCancel: () => void;
  lead?: ReactNode;
  /** Fields beside the file. */
  children?: ReactNode;
}

/** Asks for a CSV file, and hands it on once there is one. */
export function CsvImportForm(props: CsvImportFormProps) {
  const { id, hint, isPending, error, onImport, onCancel, lead, children } = props;
  const [file, setFile] = useState<File | null>(null);
  const [fault, setFault] = useState<string>();

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (isPending) return;
    setFault(file ? undefined : 'Choose a file.');
    if (!file) return document.getElementById(id)?.focus();
    onImport(file);
  }

  return (
    <form noValidate onSubmit={submit} className="space-y-4">
      {error && <FaultBanner title="Nothing was imported" error={error} />}
      {lead && <p className="text-muted">{lead}</p>}
      <TextField
        id={id}
        label="CSV file"
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        hint={hint}
        className="h-auto! py-2 file:me-3 file:border-0 file:bg-transparent file:font-medium file:text-accent"
        error={fault}
        onChange={(event) => setFile(event.target.files?.[0] ?? null)}
      />
      {children}
      <div className="flex flex-col-reverse gap-2 md:flex-row md:justify-end">
        <Button onClick={onCancel} disabled={isPending}>
          Cancel
        </Button>
        <Button type="submit" look="primary" busy={isPending}>
          {isPending ? 'Importing…' : 'Import'}
        </Button>
      </div>
    </form>
  );
}
