'use client';

import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { PasswordField, TextField } from '@/components/ui/text-field';
import { useIsAlive } from '@/components/ui/use-is-alive';
import { ErrorSummary, type FormFault } from './error-summary';
import { faultOf, textOf } from './form-values';
import { signInWithPassword } from './session';

/** `callbackPath` has been checked: it is a path of this site. */
export function SignInForm({ callbackPath }: { callbackPath: string }) {
  const [faults, setFaults] = useState<FormFault[]>([]);
  const [isBusy, setBusy] = useState(false);
  // A form sent before the scripts are there would put the password into the address.
  const isAlive = useIsAlive();
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
    <form
      noValidate
      // Sent before the scripts listen, a form without it would put the password into the address.
      method="post"
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void submit(new FormData(event.currentTarget));
      }}
    >
      <ErrorSummary faults={faults} />
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
        autoComplete="current-password"
        required
        ref={password}
        error={faultOf(faults, 'password')}
      />
      <Button type="submit" look="primary" busy={isBusy} disabled={!isAlive} className="w-full">
        Sign in
      </Button>
    </form>
  );
}

function missing(email: string, password: string): FormFault[] {
  return [
    ...(email ? [] : [{ field: 'email', message: 'Enter your email.' }]),
    ...(password ? [] : [{ field: 'password', message: 'Enter your password.' }]),
  ];
}
