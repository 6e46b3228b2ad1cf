'use client';

import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { notify } from '@/components/ui/notify';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { TextField } from '@/components/ui/text-field';
import type { OptOut } from '@/lib/opt-outs/schema';
import { removeOptOut } from './api';
import { FaultBanner } from '@/components/api/fault-banner';

interface RemoveDialogProps {
  /** The entry to take off; null: the dialog is closed. */
  entry: OptOut | null;
  onClose: () => void;
  onDone: () => void;
}

/** Takes a number off the do-not-contact list, for a reason that is kept. */
export function RemoveDialog({ entry, onClose, onDone }: RemoveDialogProps) {
  return (
    <Dialog
      open={entry !== null}
      onOpenChange={(open) => !open && onClose()}
      title="Take off the do-not-contact list?"
    >
      {entry && <RemoveForm entry={entry} onClose={onClose} onDone={onDone} />}
    </Dialog>
  );
}

function RemoveForm({ entry, onClose, onDone }: RemoveDialogProps & { entry: OptOut }) {
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<string>();
  const remove = useMutation({
    mutationFn: removeOptOut,
    onSuccess: () => {
      notify(`${entry.phone} is off the list.`);
      onClose();
      onDone();
    },
  });

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (remove.isPending) return;
    const isMissing = reason.trim().length < 3;
    setFault(isMissing ? 'Say why, in at least three characters.' : undefined);
    if (isMissing) document.getElementById('remove-reason')?.focus();
    else remove.mutate({ phone: entry.phone, reason });
  }

  return (
    <form noValidate onSubmit={submit} className="space-y-4">
      {remove.isError && <FaultBanner title="The number is still on the list" error={remove.error} />}
      <p>
        <strong dir="ltr" className="font-semibold">
          {entry.phone}
        </strong>{' '}
        can be written to again, also by campaigns that are running now. {entry.source_words}
        {isTheirWish(entry) && ' Take it off only if this person has asked you to.'}
      </p>
      <TextField
        id="remove-reason"
        label="Reason"
        hint="Kept with your name and the time."
        maxLength={500}
        autoComplete="off"
        value={reason}
        error={fault}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="flex flex-col-reverse gap-2 md:flex-row md:justify-end">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="danger" busy={remove.isPending}>
          Take off the list
        </Button>
      </div>
    </form>
  );
}

function isTheirWish({ source }: OptOut): boolean {
  return source === 'stop_word' || source === 'user_preference';
}
