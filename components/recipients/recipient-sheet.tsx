'use client';

import { useQuery } from '@tanstack/react-query';
import { messageOf } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { parameterWord } from '@/components/test-messages/parameter-word';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import type { RecipientDetail } from '@/lib/recipients/schema';
import { fetchRecipient } from './api';
import { RecipientHistory } from './recipient-history';
import { RecipientMessage } from './recipient-message';
import { RecipientStatusLabel, ResponseLabel } from './recipient-status';

const REFRESH_MS = 5_000;

interface RecipientSheetProps {
  campaignId: string;
  /** null: closed. */
  recipientId: string | null;
  onClose: () => void;
}

/** One recipient: where it stands, what was filled in, and what happened when. */
export function RecipientSheet({ campaignId, recipientId, onClose }: RecipientSheetProps) {
  const query = useQuery({
    queryKey: queryKeys.recipient(campaignId, recipientId ?? ''),
    queryFn: ({ signal }) => fetchRecipient(campaignId, recipientId ?? '', signal),
    enabled: recipientId !== null,
    refetchInterval: REFRESH_MS,
    gcTime: 0,
  });
  return (
    <Dialog
      open={recipientId !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={query.data?.to ?? 'Recipient'}
      shape="sheet"
    >
      {query.isError && (
        <Banner look="danger" title="This recipient could not be read" role="alert">
          <p>{messageOf(query.error)}</p>
          <Button className="mt-2" onClick={() => void query.refetch()}>
            Try again
          </Button>
        </Banner>
      )}
      {query.data ? <Details recipient={query.data} /> : !query.isError && <Waiting />}
    </Dialog>
  );
}

function Details({ recipient }: { recipient: RecipientDetail }) {
  const params = Object.entries(recipient.params);
  return (
    <div className="space-y-6">
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        <RecipientStatusLabel status={recipient.status} />
        <ResponseLabel recipient={recipient} />
      </div>
      {recipient.error_remedy && recipient.status === 'failed' && (
        <p className="text-muted">{recipient.error_remedy}</p>
      )}
      <section aria-labelledby="history">
        <h3 id="history" className="mb-3 font-semibold">
          What happened
        </h3>
        <RecipientHistory recipient={recipient} />
      </section>
      {recipient.variant && <p className="text-muted">Gets message {recipient.variant} of the test.</p>}
      {recipient.waits_for === 'winner' && (
        <p className="text-muted">Waits until a message is chosen; shown with the first one.</p>
      )}
      <RecipientMessage templateId={recipient.template_id} params={recipient.params} />
      {params.length > 0 && (
        <section aria-labelledby="filled-in">
          <h3 id="filled-in" className="mb-2 font-semibold">
            Filled in
          </h3>
          <dl className="divide-y rounded-lg border">
            {params.map(([key, value]) => (
              <div key={key} className="px-3 py-2">
                <dt className="text-muted">{parameterWord(key)}</dt>
                <dd dir="auto" className="break-words">
                  {value}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {recipient.message_id && (
        <section aria-labelledby="message-id">
          <h3 id="message-id" className="mb-2 font-semibold">
            WhatsApp’s id of the message
          </h3>
          <p className="mb-2 font-mono text-xs break-all text-muted">{recipient.message_id}</p>
          <CopyButton value={recipient.message_id} what="message id" />
        </section>
      )}
    </div>
  );
}

function Waiting() {
  return (
    <div aria-busy className="space-y-3">
      <Skeleton className="h-6 w-28" />
      <Skeleton className="h-40" />
      <Skeleton className="h-24" />
      <span className="sr-only">Reading…</span>
    </div>
  );
}
