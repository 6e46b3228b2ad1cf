'use client';

import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { countOf } from '@/components/ui/numbers';
import { TextField } from '@/components/ui/text-field';
import type { ErasedContact } from '@/lib/contacts/schema';
import { eraseContact } from './api';
import { FaultBanner } from '@/components/api/fault-banner';

interface EraseDialogProps {
  phone: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDone: () => void;
}

/** Erases a person for good, after their number was typed once more; then says what was done. */
export function EraseDialog({ phone, open, onOpenChange, onDone }: EraseDialogProps) {
  const [erased, setErased] = useState<ErasedContact | null>(null);
  function change(next: boolean): void {
    onOpenChange(next);
    if (!next) setErased(null);
  }
  return (
    <Dialog open={open} onOpenChange={change} title={erased ? 'Erased' : 'Erase this person?'}>
      {erased ? (
        <Outcome erased={erased} onClose={() => change(false)} />
      ) : (
        <EraseForm
          phone={phone}
          onCancel={() => change(false)}
          onDone={(answer) => {
            setErased(answer);
            onDone();
          }}
        />
      )}
    </Dialog>
  );
}

interface EraseFormProps {
  phone: string;
  onCancel: () => void;
  onDone: (erased: ErasedContact) => void;
}

function EraseForm({ phone, onCancel, onDone }: EraseFormProps) {
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<string>();
  const erase = useMutation({ mutationFn: () => eraseContact(phone), onSuccess: onDone });

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (erase.isPending) return;
    const isSame = typed.replace(/[\s().-]/g, '') === phone;
    setFault(isSame ? undefined : `Type ${phone} to go on.`);
    if (isSame) erase.mutate();
    else document.getElementById('erase-confirm')?.focus();
  }

  return (
    <form noValidate onSubmit={submit} className="space-y-4">
      {erase.isError && <FaultBanner title="Nothing was erased" error={erase.error} />}
      <div className="space-y-2">
        <p>
          In finished campaigns this person’s row is emptied and the number replaced; what they wrote is
          deleted; lists of campaigns being put together that hold the number are removed. The campaigns’
          counts stay. This cannot be undone.
        </p>
        <p className="text-muted">
          If they are on the do-not-contact list, the number stays there: nothing else can keep it from being
          written to again.
        </p>
      </div>
      <TextField
        id="erase-confirm"
        label={`Type ${phone} to confirm`}
        dir="ltr"
        inputMode="tel"
        autoComplete="off"
        value={typed}
        error={fault}
        onChange={(event) => setTyped(event.target.value)}
      />
      <div className="flex flex-col-reverse gap-2 md:flex-row md:justify-end">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" look="danger" busy={erase.isPending}>
          Erase for good
        </Button>
      </div>
    </form>
  );
}

function Outcome({ erased, onClose }: { erased: ErasedContact; onClose: () => void }) {
  return (
    <div className="space-y-4">
      <div role="status" className="space-y-2">
        <p>{erased.message}</p>
        <p className="text-muted">
          {countOf(erased.campaigns, 'campaign')},{' '}
          {countOf(erased.left_out_rows, 'row left out of an upload', 'rows left out of uploads')},{' '}
          {countOf(erased.messages, 'message')}.
        </p>
        {erased.draft_files_removed.length > 0 && (
          <>
            <p>
              The list was removed from {countOf(erased.draft_files_removed.length, 'campaign', 'campaigns')}{' '}
              being put together, as it holds this number or is a workbook, which is not searched. Choose it
              there again, without this person:
            </p>
            <ul className="list-disc ps-5">
              {erased.draft_files_removed.map(({ id, name }) => (
                <li key={id}>
                  <Link href={`/campaigns/new/${id}?step=file`} className="underline underline-offset-2">
                    <bdi>{name || 'New campaign'}</bdi>
                  </Link>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      <div className="flex flex-col md:flex-row md:justify-end">
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  );
}
