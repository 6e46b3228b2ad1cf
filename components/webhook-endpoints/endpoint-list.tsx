'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronRight, Plus } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { queryKeys } from '@/components/api/query-keys';
import { messageOf } from '@/components/api/request';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { LocalTime } from '@/components/ui/local-time';
import { countOf } from '@/components/ui/numbers';
import { WEBHOOK_EVENT_TYPES } from '@/lib/webhook-endpoints/events';
import type { MadeWebhookEndpoint, WebhookEndpoint } from '@/lib/webhook-endpoints/schema';
import { createEndpoint, fetchEndpoints } from './api';
import { EndpointForm } from './endpoint-form';
import { EndpointState } from './endpoint-state';
import { SecretDialog } from './secret-dialog';
import { Verify } from './verify';

const NEW = { url: '', description: '', events: [...WEBHOOK_EVENT_TYPES] };

interface EndpointListProps {
  initial: WebhookEndpoint[];
  /** When the server read them, ms since 1970. */
  readAt: number;
}

/** The workspace's endpoints, and the way to another. */
export function EndpointList({ initial, readAt }: EndpointListProps) {
  const query = useQuery({
    queryKey: queryKeys.webhookEndpoints,
    queryFn: ({ signal }) => fetchEndpoints(signal),
    initialData: initial,
    initialDataUpdatedAt: readAt,
    gcTime: 0,
  });
  const [isAdding, setAdding] = useState(false);
  const [made, setMade] = useState<MadeWebhookEndpoint | null>(null);
  const add = (
    <Button look="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden />
      Add an endpoint
    </Button>
  );
  return (
    <div className="space-y-8">
      <h2 className="sr-only">Webhooks</h2>
      {query.isError && (
        <Banner look="danger" title="The endpoints could not be read" role="alert">
          {messageOf(query.error)} What was read before is still here.
        </Banner>
      )}
      {query.data.length === 0 ? (
        <EmptyState action={add}>
          Herald can tell your own programs what happens, as it happens: that a campaign is finished, that a
          message failed, that somebody wrote back.
        </EmptyState>
      ) : (
        <div className="space-y-6">
          <div className="flex flex-col gap-4 md:flex-row md:items-center md:justify-between">
            <p className="max-w-[70ch] text-muted">
              Herald tells these programs of yours what happens, as it happens.
            </p>
            {add}
          </div>
          <ul aria-label="Webhook endpoints" className="divide-y rounded-lg border bg-surface">
            {query.data.map((endpoint) => (
              <Row key={endpoint.id} endpoint={endpoint} />
            ))}
          </ul>
        </div>
      )}
      <Verify />
      <Dialog open={isAdding} onOpenChange={setAdding} title="Add an endpoint">
        <EndpointForm
          initial={NEW}
          word="Add the endpoint"
          save={createEndpoint}
          onSaved={(next) => {
            setAdding(false);
            setMade(next);
            void query.refetch();
          }}
        />
      </Dialog>
      {made && <SecretDialog key={made.secret} made={made} onClose={() => setMade(null)} />}
    </div>
  );
}

function Row({ endpoint }: { endpoint: WebhookEndpoint }) {
  return (
    <li className="relative flex items-center gap-4 px-4 py-4 hover:bg-sunken">
      <div className="grid min-w-0 grow gap-x-6 gap-y-2 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] lg:items-center">
        <div className="min-w-0">
          <Link
            href={`/settings/webhooks/${endpoint.id}`}
            className="font-medium break-all after:absolute after:inset-0"
            dir="ltr"
          >
            {endpoint.url}
          </Link>
          {endpoint.description && (
            <p dir="auto" className="break-words text-muted">
              {endpoint.description}
            </p>
          )}
        </div>
        <div>
          <EndpointState endpoint={endpoint} />
          <p className="text-muted">
            {countOf(endpoint.events.length, 'event')}
            {endpoint.last_success_at && (
              <>
                {' · last taken '}
                <LocalTime value={endpoint.last_success_at} />
              </>
            )}
          </p>
        </div>
      </div>
      <ChevronRight aria-hidden className="size-4 shrink-0 text-muted rtl:rotate-180" />
    </li>
  );
}
