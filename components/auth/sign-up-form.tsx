'use client';

import { useState } from 'react';
import { ApiError, callApi, messageOf } from '@/components/api/request';
import { Button } from '@/components/ui/button';
import { PasswordField, TextField } from '@/components/ui/text-field';
import { useIsAlive } from '@/components/ui/use-is-alive';
import { ErrorSummary, type FormFault } from './error-summary';
import { faultOf, textOf } from './form-values';
import { signInWithPassword } from './session';

const FIELDS = ['name', 'email', 'password'];
const LABELS: Record<string, string> = { name: 'Name', email: 'Email', password: 'Password' };

/** `callbackPath` has been checked: it is a path of this site. */
export function SignUpForm({ callbackPath }: { callbackPath: string }) {
  const [faults, setFaults] = useState<FormFault[]>([]);
  const [isBusy, setBusy] = useState(false);
  // A form sent before the scripts are there would put the password into the address.
  const isAlive = useIsAlive();

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
    <form
      noValidate
      method="post"
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void submit(new FormData(event.currentTarget));
      }}
    >
      <ErrorSummary faults={faults} />
      <TextField
        id="name"
        name="name"
        label="Name (optional)"
        autoComplete="name"
        error={faultOf(faults, 'name')}
      />
      <TextField
        id="email"
        name="email"
        type="email"
        label="Email"
        autoComplete="username"
        required
        error={faultOf(faults, 'email')}
      />
      <PasswordField
        id="password"
        name="password"
        label="Password"
        autoComplete="new-password"
        required
        hint="At least 8 characters."
        error={faultOf(faults, 'password')}
      />
      <Button type="submit" look="primary" busy={isBusy} disabled={!isAlive} className="w-full">
        Create account
      </Button>
    </form>
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
