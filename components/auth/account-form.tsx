'use client';

import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';
import { useIsAlive } from '@/components/ui/use-is-alive';
import { ErrorSummary, type FormFault } from './error-summary';
import { faultOf } from './form-values';

interface AccountFormProps {
  faults: FormFault[];
  isBusy: boolean;
  /** What its button says. */
  action: string;
  onSubmit: (form: FormData) => Promise<void>;
  children: ReactNode;
}

/** What signing in and signing up have in common: the faults, the fields, one button. */
export function AccountForm({ faults, isBusy, action, onSubmit, children }: AccountFormProps) {
  const isAlive = useIsAlive();
  return (
    <form
      noValidate
      // Sent before the scripts listen, a form without these two would put the password into the address.
      method="post"
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void onSubmit(new FormData(event.currentTarget));
      }}
    >
      <ErrorSummary faults={faults} />
      {children}
      <Button type="submit" look="primary" busy={isBusy} disabled={!isAlive} className="w-full">
        {action}
      </Button>
    </form>
  );
}

/** The name of the account; password managers know it by `username`. */
export function EmailField({ faults }: { faults: FormFault[] }) {
  return (
    <TextField
      id="email"
      name="email"
      type="email"
      label="Email"
      autoComplete="username"
      required
      error={faultOf(faults, 'email')}
    />
  );
}
