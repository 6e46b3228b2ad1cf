'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import type { Audience } from '@/components/audience/types';
import { Button } from '@/components/ui/button';
import { saveFile } from './save-file';

/** The rows that will not be sent as a CSV, each with its reason: to be mended and used again. */
export function RejectsButton({ audience }: { audience: Pick<Audience, 'rejectsToCsv'> }) {
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  async function download(): Promise<void> {
    setState('busy');
    await audience.rejectsToCsv().then(
      (file) => {
        saveFile(file);
        setState('idle');
      },
      () => setState('failed'),
    );
  }
  return (
    <div className="flex items-center gap-3">
      {state === 'failed' && (
        <p role="alert" className="text-danger">
          The file could not be made: try again.
        </p>
      )}
      <Button busy={state === 'busy'} onClick={() => void download()}>
        <Download aria-hidden />
        Download the faulty rows
      </Button>
    </div>
  );
}
