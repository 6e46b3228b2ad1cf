'use client';

import { useState } from 'react';
import { messageOf } from '@/components/api/request';
import { Button } from '@/components/ui/button';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import type { Sender } from '@/lib/senders/schema';
import { Panel } from './panel';
import { useUpdateSender } from './use-sender';

interface NamePanelProps {
  sender: Sender;
  countries: { value: string; word: string }[];
}

/** Name and default country. */
export function NamePanel({ sender, countries }: NamePanelProps) {
  const [typed, setTyped] = useState<{ name?: string; country?: string }>({});
  const update = useUpdateSender(sender.id);
  const name = typed.name ?? sender.name;
  const country = typed.country ?? sender.default_country ?? '';
  const isChanged = typed.name !== undefined || typed.country !== undefined;
  return (
    <Panel id="settings" title="Name and country">
      <form
        noValidate
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (update.isPending) return;
          update.mutate(
            { name: name.trim(), default_country: country === '' ? null : country },
            { onSuccess: () => setTyped({}) },
          );
        }}
      >
        <TextField
          id="name"
          label="Name"
          maxLength={100}
          required
          autoComplete="off"
          value={name}
          error={update.isError ? messageOf(update.error) : undefined}
          onChange={(event) => setTyped({ ...typed, name: event.target.value })}
        />
        <SelectField
          id="default_country"
          label="Default country"
          options={[{ value: '', word: 'None: every number names its country' }, ...countries]}
          hint="What a number in your lists is taken for when it names no country."
          value={country}
          onChange={(event) => setTyped({ ...typed, country: event.target.value })}
        />
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" look={isChanged ? 'primary' : 'secondary'} busy={update.isPending}>
            Save
          </Button>
          <p role="status" className="text-accent">
            {update.isSuccess && !isChanged && 'Saved.'}
          </p>
        </div>
      </form>
    </Panel>
  );
}
