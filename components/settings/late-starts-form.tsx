'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, messageOf } from '@/components/api/request';
import { TextField } from '@/components/ui/text-field';
import { LATE_AFTER } from '@/lib/schedule/late-after';
import { saveWorkspaceSettings } from './api';
import { SaveBar } from './save-bar';

/** How late a planned start may still happen by itself; for everybody in the account. */
export function LateStartsForm({ minutes }: { minutes: number }) {
  const [typed, setTyped] = useState(String(minutes));
  const save = useMutation({
    mutationFn: (value: number) => saveWorkspaceSettings({ late_after_minutes: value }),
    onSuccess: (saved) => setTyped(String(saved.late_after_minutes)),
  });
  return (
    <form
      noValidate
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!save.isPending) save.mutate(Number(typed.trim() || Number.NaN));
      }}
    >
      <TextField
        id="late-after"
        label="Minutes"
        inputMode="numeric"
        autoComplete="off"
        className="max-w-40"
        hint={`From ${LATE_AFTER.min} to ${LATE_AFTER.max} (a day). For everybody in this account.`}
        value={typed}
        error={save.isError ? faultOf(save.error) : undefined}
        onChange={(event) => {
          save.reset();
          setTyped(event.target.value);
        }}
      />
      <SaveBar save="Save" isBusy={save.isPending} done={save.isSuccess ? 'Saved' : null} />
    </form>
  );
}

function faultOf(error: Error): string {
  const [issue] = error instanceof ApiError ? error.issues : [];
  return issue?.message ?? messageOf(error);
}
