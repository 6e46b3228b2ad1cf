'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ApiError, messageOf } from '@/components/api/request';
import type { FormFault } from '@/components/auth/error-summary';
import type { ConnectionCheck, TestCredentials } from '@/lib/senders/schema';
import { createSender, testCredentials } from './api';

export interface ConnectValues extends TestCredentials {
  name: string;
  /** Empty: none. */
  default_country: string;
}

export const FIELD_LABELS: Record<keyof ConnectValues, string> = {
  name: 'Name',
  phone_number_id: 'Phone number ID',
  waba_id: 'WhatsApp Business Account ID',
  access_token: 'Access token',
  app_secret: 'App secret',
  default_country: 'Default country',
};

const CREDENTIALS = ['phone_number_id', 'waba_id', 'access_token', 'app_secret'] as const;

const EMPTY: ConnectValues = {
  ...{ name: '', phone_number_id: '', waba_id: '', access_token: '', app_secret: '', default_country: '' },
};

/** The form that connects a number: what is typed, what is wrong with it, and what a test of it found. */
export function useConnect() {
  const router = useRouter();
  const [values, setValues] = useState(EMPTY);
  const [faults, setFaults] = useState<FormFault[]>([]);
  const [tested, setTested] = useState<{ key: string; checks: ConnectionCheck[] } | null>(null);
  const key = JSON.stringify(credentialsOf(values));
  const checks = tested?.key === key ? tested.checks : null;

  const test = useMutation({
    mutationFn: () => testCredentials(credentialsOf(values)),
    onSuccess: (found) => setTested({ key, checks: found }),
    onError: (error) => setFaults(faultsOf(error)),
  });
  const save = useMutation({
    mutationFn: () => createSender(bodyOf(values)),
    onSuccess: ({ id }) => router.push(`/senders/${id}?added=1`),
    onError: (error) => setFaults(faultsOf(error)),
  });

  return {
    values,
    faults,
    checks,
    isTesting: test.isPending,
    // Until the next page is there the form takes no second click.
    isSaving: save.isPending || save.isSuccess,
    isDoubtful: checks !== null && isDoubtful(checks),
    set: (field: keyof ConnectValues, value: string) => setValues((typed) => ({ ...typed, [field]: value })),
    test: () => {
      const empty = emptyOf(values, CREDENTIALS);
      setFaults(empty);
      if (empty.length === 0) test.mutate();
    },
    /** Tests first what was not tested as it stands; with a check that fails the person decides. */
    submit: async () => {
      const empty = emptyOf(values, ['name', ...CREDENTIALS]);
      setFaults(empty);
      if (empty.length > 0) return;
      const found = checks ?? (await test.mutateAsync().catch(() => null));
      if (found && (checks !== null || !isDoubtful(found))) save.mutate();
    },
  };
}

/** Without an accepted token nothing was really seen. */
function isDoubtful(checks: ConnectionCheck[]): boolean {
  return checks.some(({ key, result }) => result === 'fail' || (key === 'token' && result !== 'pass'));
}

function credentialsOf(values: ConnectValues): TestCredentials {
  return {
    phone_number_id: values.phone_number_id.trim(),
    waba_id: values.waba_id.trim(),
    access_token: values.access_token.trim(),
    app_secret: values.app_secret.trim(),
  };
}

function bodyOf(values: ConnectValues) {
  const country = values.default_country;
  return {
    name: values.name.trim(),
    ...credentialsOf(values),
    ...(country === '' ? {} : { default_country: country }),
  };
}

function emptyOf(values: ConnectValues, fields: readonly (keyof ConnectValues)[]): FormFault[] {
  return fields
    .filter((field) => values[field].trim() === '')
    .map((field) => faultIn(field, field === 'name' ? 'Give it a name.' : 'Copy it from the Meta app.'));
}

function faultIn(field: string, message: string): FormFault {
  return { field, label: FIELD_LABELS[field as keyof ConnectValues], message };
}

function faultsOf(error: unknown): FormFault[] {
  const issues = error instanceof ApiError ? error.issues : [];
  const found = issues
    .filter(({ path }) => path in FIELD_LABELS)
    .map(({ path, message }) => faultIn(path, message));
  return found.length > 0 ? found : [{ message: messageOf(error) }];
}
