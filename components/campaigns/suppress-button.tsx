'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ban } from 'lucide-react';
import { useState } from 'react';
import { messageOf } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { countOf } from '@/components/ui/numbers';
import type { FailureGroup } from '@/lib/recipients/schema';
import { suppressFailed } from './api';
import { suppressionOf } from './suppression';

interface SuppressButtonProps {
  campaignId: string;
  errorCode: number;
  /** How many failed with it. */
  count: number;
  suppression: NonNullable<FailureGroup['suppression']>;
}

/** Puts everybody who failed with a code on the do-not-contact list, after asking; and says how many are on it. */
export function SuppressButton({ campaignId, errorCode, count, suppression }: SuppressButtonProps) {
  const client = useQueryClient();
  const [asks, setAsks] = useState(false);
  const suppress = useMutation({
    mutationFn: () => suppressFailed(campaignId, errorCode),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.optOuts }),
        client.invalidateQueries({ queryKey: queryKeys.failures(campaignId) }),
      ]),
  });
  const { done, left } = suppressionOf(count, suppression);
  const what = countOf(left, 'number');
  return (
    <>
      {left > 0 && (
        <Button
          look="quiet"
          className="first:-ms-4 md:first:-ms-3"
          busy={suppress.isPending}
          onClick={() => setAsks(true)}
        >
          <Ban aria-hidden />
          Add {what} to do-not-contact
        </Button>
      )}
      <p role="status" className="self-center text-muted empty:hidden">
        {done}
      </p>
      {suppress.isError && (
        <p role="alert" className="text-danger">
          {messageOf(suppress.error)}
        </p>
      )}
      <ConfirmDialog
        open={asks}
        onOpenChange={setAsks}
        title={`Add ${what} to the do-not-contact list?`}
        confirm="Add to the list"
        onConfirm={() => suppress.mutate()}
      >
        <p>No campaign sends to them any more, until somebody takes them off the list.</p>
      </ConfirmDialog>
    </>
  );
}
