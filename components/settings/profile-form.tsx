'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { callApi, messageOf } from '@/components/api/request';
import { TextField } from '@/components/ui/text-field';
import { SaveBar } from './save-bar';

interface ProfileFormProps {
  email: string;
  name: string | null;
}

/** Who one is to the others of the workspace. */
export function ProfileForm({ email, name: initial }: ProfileFormProps) {
  const [name, setName] = useState(initial ?? '');
  const router = useRouter();
  const save = useMutation({
    mutationFn: () => callApi('/api/auth/me', { method: 'PATCH', body: { name } }),
    onSuccess: () => router.refresh(),
  });
  return (
    <form
      noValidate
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!save.isPending) save.mutate();
      }}
    >
      <TextField
        id="profile-name"
        label="Name"
        autoComplete="name"
        dir="auto"
        maxLength={100}
        value={name}
        error={save.isError ? messageOf(save.error) : undefined}
        onChange={(event) => {
          save.reset();
          setName(event.target.value);
        }}
      />
      <TextField
        id="profile-email"
        label="Email"
        type="email"
        value={email}
        readOnly
        className="bg-sunken!"
        hint="You sign in with it; it cannot be changed here."
      />
      <SaveBar save="Save profile" isBusy={save.isPending} done={save.isSuccess ? 'Saved' : null} />
    </form>
  );
}
