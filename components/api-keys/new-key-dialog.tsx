'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, messageOf } from '@/components/api/request';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import type { KeyAccess, MadeApiKey } from '@/lib/api-keys/schema';
import { createApiKey } from './api';

const LIVES = [
  { value: '30', word: '30 days' },
  { value: '90', word: '90 days' },
  { value: '365', word: 'A year' },
  { value: '', word: 'Never' },
];
const ACCESSES: { value: KeyAccess; word: string }[] = [
  { value: 'full', word: 'Everything: read, change and send' },
  { value: 'read', word: 'Read only' },
];

interface NewKeyDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onMade: (made: MadeApiKey) => void;
}

/** Asks what a new key is for. */
export function NewKeyDialog({ open, onOpenChange, onMade }: NewKeyDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="New API key">
      <NewKeyForm onMade={onMade} />
    </Dialog>
  );
}

function NewKeyForm({ onMade }: Pick<NewKeyDialogProps, 'onMade'>) {
  const [name, setName] = useState('');
  const [access, setAccess] = useState<KeyAccess>('full');
  const [life, setLife] = useState('90');
  const make = useMutation({
    mutationFn: () => createApiKey({ name, access, expires_in_days: life === '' ? null : Number(life) }),
    onSuccess: onMade,
  });
  const issues = make.error instanceof ApiError ? make.error.issues : [];
  const nameFault = issues.find(({ path }) => path === 'name')?.message;
  return (
    <form
      noValidate
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!make.isPending) make.mutate();
      }}
    >
      {make.isError && !nameFault && (
        <Banner look="danger" title="The key was not made" role="alert">
          {messageOf(make.error)}
        </Banner>
      )}
      <TextField
        id="key-name"
        label="Name"
        hint="The program that will use it, like “Shop backend”."
        maxLength={100}
        autoComplete="off"
        dir="auto"
        value={name}
        error={nameFault}
        onChange={(event) => setName(event.target.value)}
      />
      <SelectField
        id="key-access"
        label="It may do"
        value={access}
        options={ACCESSES}
        onChange={(event) => setAccess(event.target.value === 'read' ? 'read' : 'full')}
      />
      <SelectField
        id="key-life"
        label="It expires after"
        value={life}
        options={LIVES}
        onChange={(event) => setLife(event.target.value)}
      />
      <p className="text-muted">
        It acts for you in this workspace. No key can make keys or change passwords.
      </p>
      <Button type="submit" look="primary" busy={make.isPending} className="w-full md:w-auto">
        Make the key
      </Button>
    </form>
  );
}
