'use client';

import { useMutation } from '@tanstack/react-query';
import { CsvImportForm } from '@/components/csv-import/csv-import-form';
import { Dialog } from '@/components/ui/dialog';
import { notify } from '@/components/ui/notify';
import { countOf, formatCount } from '@/components/ui/numbers';
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
  const upload = useMutation({
    mutationFn: importRates,
    onSuccess: ({ rows, added, changed, unchanged }) => {
      notify(
        `${countOf(rows, 'rate')} read: ${formatCount(added)} new, ${formatCount(changed)} changed, ${formatCount(unchanged)} as before`,
      );
      onDone();
    },
  });
  return (
    <CsvImportForm
      id="rates-file"
      lead="A rate of the same country, category and day is replaced; the others stay. Export the rates to have a file to start from."
      hint="The columns country (like IN), category, amount, currency, valid_from (like 2026-01-31)."
      isPending={upload.isPending}
      error={upload.error}
      onImport={(file) => upload.mutate(file)}
      onCancel={onCancel}
    />
  );
}
