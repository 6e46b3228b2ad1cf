'use client';

import { useMutation } from '@tanstack/react-query';
import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { callApi, messageOf } from '@/components/api/request';
import { signOutHere } from '@/components/auth/session';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';

/** Ends every session, then leads to the sign-in. */
export function SignOutEverywhere() {
  const [isAsking, setAsking] = useState(false);
  const end = useMutation({
    mutationFn: () => callApi('/api/auth/logout-everywhere', { method: 'POST' }),
    onSuccess: signOutHere,
  });
  return (
    <div className="space-y-4">
      {end.isError && (
        <Banner look="danger" title="You are still signed in" role="alert">
          {messageOf(end.error)}
        </Banner>
      )}
      <Button look="danger" busy={end.isPending} onClick={() => setAsking(true)}>
        <LogOut aria-hidden />
        Sign out everywhere
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title="Sign out everywhere?"
        confirm="Sign out everywhere"
        danger
        onConfirm={() => end.mutate()}
      >
        <p>
          Every browser and program that is signed in as you is out at once, this one too. Sign in again
          afterwards.
        </p>
        <p>API keys go on working; revoke them one by one.</p>
      </ConfirmDialog>
    </div>
  );
}
