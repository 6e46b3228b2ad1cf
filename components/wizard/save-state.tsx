'use client';

import { Check, CloudOff, LoaderCircle } from 'lucide-react';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import type { DraftState } from './use-draft';

/** Whether the draft is on the server: one quiet line, so that nobody has to ask. */
export function SaveMark({ draft: { saved, flush } }: { draft: DraftState }) {
  return (
    <p className="flex min-h-9 items-center gap-1.5 text-muted" aria-live="polite">
      {saved.kind === 'saved' && (
        <>
          <Check aria-hidden className="size-4" />
          <span>
            Saved <LocalTime value={saved.at} format="clock" />
          </span>
        </>
      )}
      {saved.kind === 'saving' && (
        <>
          <LoaderCircle aria-hidden className="size-4 animate-spin" />
          Saving…
        </>
      )}
      {(saved.kind === 'failed' || saved.kind === 'changed') && (
        <>
          <CloudOff aria-hidden className="size-4 text-warn" />
          <span className="text-warn">Not saved</span>
          {saved.kind === 'failed' && (
            <Button look="quiet" onClick={() => void flush().catch(() => undefined)}>
              Save now
            </Button>
          )}
        </>
      )}
    </p>
  );
}

/** What stands in the way of saving, where it needs a person. */
export function SaveTrouble({ draft: { saved } }: { draft: DraftState }) {
  if (saved.kind === 'failed') {
    return (
      <Banner look="warn" role="status" title={`Not saved: ${saved.message}`}>
        What you enter stays in this tab and is saved as soon as it can be.
      </Banner>
    );
  }
  if (saved.kind !== 'changed') return null;
  return (
    <Banner look="warn" role="alert" title="This campaign was changed in another window">
      <p>
        To write nothing over it, this window saves no more. Load it again to go on from what was saved there.
      </p>
      <Button className="mt-3" onClick={() => window.location.reload()}>
        Load it again
      </Button>
    </Banner>
  );
}
