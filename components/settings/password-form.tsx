'use client';

import { useMutation } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { ApiError, callApi, messageOf } from '@/components/api/request';
import { ErrorSummary, type FormFault } from '@/components/auth/error-summary';
import { faultOf, textOf } from '@/components/auth/form-values';
import { countOf } from '@/components/ui/numbers';
import { PasswordField } from '@/components/ui/text-field';
import { SaveBar } from './save-bar';

const LABELS: Record<string, string> = {
  current_password: 'Current password',
  new_password: 'New password',
};

/** A new password; every other browser and program that is signed in is out then. */
export function PasswordForm({ email }: { email: string }) {
  const form = useRef<HTMLFormElement>(null);
  const change = useMutation({
    mutationFn: async (body: { current_password: string; new_password: string }) =>
      (await callApi<{ sessions_ended: number }>('/api/auth/password', { method: 'POST', body })).body,
    onSuccess: () => form.current?.reset(),
  });
  // The same list while the fault is the same: the summary takes the focus when it changes.
  const faults = useMemo(() => faultsOf(change.error), [change.error]);

  return (
    <form
      ref={form}
      noValidate
      method="post"
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        const values = new FormData(event.currentTarget);
        if (change.isPending) return;
        change.mutate({
          current_password: textOf(values, 'current_password'),
          new_password: textOf(values, 'new_password'),
        });
      }}
    >
      <ErrorSummary faults={faults} />
      {/* For password managers: whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={email} />
      <PasswordField
        id="current_password"
        name="current_password"
        label="Current password"
        autoComplete="current-password"
        required
        error={faultOf(faults, 'current_password')}
      />
      <PasswordField
        id="new_password"
        name="new_password"
        label="New password"
        autoComplete="new-password"
        required
        hint="At least 8 characters."
        error={faultOf(faults, 'new_password')}
      />
      <SaveBar
        save="Change password"
        isBusy={change.isPending}
        done={change.isSuccess ? doneWords(change.data.sessions_ended) : null}
      />
    </form>
  );
}

function doneWords(sessionsEnded: number): string {
  return sessionsEnded === 0 ? 'Changed' : `Changed; signed out in ${countOf(sessionsEnded, 'other place')}`;
}

function faultsOf(error: Error | null): FormFault[] {
  if (!error) return [];
  const issues = error instanceof ApiError ? error.issues : [];
  const found = issues
    .filter(({ path }) => path in LABELS)
    .map(({ path, message }) => ({ field: path, label: LABELS[path], message }));
  return found.length > 0 ? found : [{ message: messageOf(error) }];
}
