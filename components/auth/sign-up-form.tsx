'use client';

import { useState } from 'react';
import { ApiError, callApi, messageOf } from '@/components/api/request';
import { PasswordField, TextField } from '@/components/ui/text-field';
import { AccountForm, EmailField } from './account-form';
import type { FormFault } from './error-summary';
import { faultOf, textOf } from './form-values';
import { signInWithPassword } from './session';

const FIELDS = ['name', 'email', 'password'];
const LABELS: Record<string, string> = { name: 'Name', email: 'Email', password: 'Password' };

/** `callbackPath` has been checked: it is a path of this site. */
export function SignUpForm({ callbackPath }: { callbackPath: string }) {
  const [faults, setFaults] = useState<FormFault[]>([]);
  const [isBusy, setBusy] = useState(false);

  async function submit(form: FormData): Promise<void> {
    const name = textOf(form, 'name').trim();
    const email = textOf(form, 'email').trim();
    const password = textOf(form, 'password');
    setFaults([]);
    setBusy(true);
    try {
      await callApi('/api/auth/signup', {
        method: 'POST',
        body: { email, password, ...(name ? { name } : {}) },
      });
      const problem = await signInWithPassword(email, password);
      if (problem === null) return window.location.assign(callbackPath);
      setFaults([{ message: `Your account is made, but signing in did not work: ${problem}` }]);
    } catch (error) {
      setFaults(faultsOf(error));
    }
    setBusy(false);
  }

  return (
    <AccountForm faults={faults} isBusy={isBusy} action="Create account" onSubmit={submit}>
      <TextField
        id="name"
        name="name"
        label="Name (optional)"
        autoComplete="name"
        error={faultOf(faults, 'name')}
      />
      <EmailField faults={faults} />
      <PasswordField
        id="password"
        name="password"
        label="Password"
        autoComplete="new-password"
        required
        hint="At least 8 characters."
        error={faultOf(faults, 'password')}
      />
    </AccountForm>
  );
}

function faultsOf(error: unknown): FormFault[] {
  const issues = error instanceof ApiError ? error.issues : [];
  const found = issues
    .filter(({ path }) => FIELDS.includes(path))
    .map(({ path, message }) => ({ field: path, label: LABELS[path], message }));
  if (found.length > 0) return found;
  const field = error instanceof ApiError && error.code === 'email_taken' ? 'email' : undefined;
  return [{ field, message: messageOf(error) }];
}
