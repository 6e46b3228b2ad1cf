'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { queryKeys } from '@/components/api/query-keys';
import { ApiError, messageOf } from '@/components/api/request';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import type { Sender } from '@/lib/senders/schema';
import { deleteSender } from './api';
import { Panel } from './panel';

/** Deletes the sender, or says which campaigns still need it. */
export function DeletePanel({ sender }: { sender: Sender }) {
  const [asks, setAsks] = useState(false);
  const router = useRouter();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteSender(sender.id),
    onSuccess: () => router.push('/senders'),
    // Mostly a campaign was made meanwhile: show those there are now.
    onError: () => client.invalidateQueries({ queryKey: queryKeys.sender(sender.id) }),
  });
  return (
    <Panel
      id="delete"
      title="Delete this sender"
      lead="With its templates. Finished campaigns keep their results."
      action={
        <Button look="danger" busy={remove.isPending || remove.isSuccess} onClick={() => setAsks(true)}>
          <Trash2 aria-hidden />
          Delete
        </Button>
      }
    >
      {remove.isError && <Refusal error={remove.error} />}
      <ConfirmDialog
        open={asks}
        onOpenChange={setAsks}
        title={`Delete “${sender.name}”?`}
        confirm="Delete"
        danger
        onConfirm={() => remove.mutate()}
      >
        <p>
          Its credentials and templates are removed. Reports that still arrive for messages it has sent are
          lost. This cannot be undone.
        </p>
      </ConfirmDialog>
    </Panel>
  );
}

function Refusal({ error }: { error: Error }) {
  const campaigns = (error instanceof ApiError ? error.issues : []).flatMap(({ path, message }) => {
    const id = /^campaigns\[(.+)\]$/.exec(path)?.[1];
    return id === undefined ? [] : [{ id, message }];
  });
  return (
    <Banner look="danger" title="The sender was not deleted" role="alert">
      <p>{messageOf(error)}</p>
      {campaigns.length > 0 && (
        <ul className="mt-2 list-disc space-y-1 ps-4">
          {campaigns.map(({ id, message }) => (
            <li key={id}>
              <Link href={`/campaigns/${id}`} className="underline underline-offset-2">
                {message}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Banner>
  );
}
