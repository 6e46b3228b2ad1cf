'use client';

import { useRef, useState } from 'react';
import { PasswordField } from '@/components/ui/text-field';
import { AccountForm, EmailField } from './account-form';
import type { FormFault } from './error-summary';
import { faultOf, textOf } from './form-values';
import { signInWithPassword } from './session';

/** `callbackPath` has been checked: it is a path of this site. */
export function SignInForm({ callbackPath }: { callbackPath: string }) {
  const [faults, setFaults] = useState<FormFault[]>([]);
  const [isBusy, setBusy] = useState(false);
  const password = useRef<HTMLInputElement>(null);

  async function submit(form: FormData): Promise<void> {
    const email = textOf(form, 'email');
    const found = missing(email, textOf(form, 'password'));
    setFaults(found);
    if (found.length > 0) return;
    setBusy(true);
    const problem = await signInWithPassword(email, textOf(form, 'password'));
    if (problem === null) return window.location.assign(callbackPath);
    setBusy(false);
    if (password.current) password.current.value = '';
    setFaults([{ message: problem }]);
  }

  return (
    <AccountForm faults={faults} isBusy={isBusy} action="Sign in" onSubmit={submit}>
      <EmailField faults={faults} />
      <PasswordField
        id="password"
        name="password"
        label="Password"
        autoComplete="current-password"
        required
        ref={password}
        error={faultOf(faults, 'password')}
      />
    </AccountForm>
  );
}

function missing(email: string, password: string): FormFault[] {
  return [
    ...(email ? [] : [{ field: 'email', message: 'Enter your email.' }]),
    ...(password ? [] : [{ field: 'password', message: 'Enter your password.' }]),
  ];
}
