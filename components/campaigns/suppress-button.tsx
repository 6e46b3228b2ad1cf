'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ban } from 'lucide-react';
import { useState } from 'react';
import { messageOf } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { countOf } from '@/components/ui/numbers';
import { suppressFailed } from './api';

interface SuppressButtonProps {
  campaignId: string;
  errorCode: number;
  /** How many failed with it. */
  count: number;
}

/** Puts everybody who failed with a code on the do-not-contact list, after asking; then says how many are on it. */
export function SuppressButton({ campaignId, errorCode, count }: SuppressButtonProps) {
  const client = useQueryClient();
  const [asks, setAsks] = useState(false);
  const suppress = useMutation({
    mutationFn: () => suppressFailed(campaignId, errorCode),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.optOuts }),
  });
  const what = countOf(count, 'number');
  if (suppress.isSuccess) {
    const { added, already } = suppress.data;
    return (
      <p role="status" className="self-center text-muted">
        {countOf(added + already, 'number')} on the do-not-contact list.
      </p>
    );
  }
  return (
    <>
      <Button
        look="quiet"
        className="first:-ms-4 md:first:-ms-3"
        busy={suppress.isPending}
        onClick={() => setAsks(true)}
      >
        <Ban aria-hidden />
        Add {what} to do-not-contact
      </Button>
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
