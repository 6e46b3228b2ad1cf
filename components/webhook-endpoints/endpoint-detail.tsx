'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryKeys } from '@/components/api/query-keys';
import { messageOf } from '@/components/api/request';
import { BackLink } from '@/components/ui/back-link';
import { Banner } from '@/components/ui/banner';
import { Dialog } from '@/components/ui/dialog';
import { LocalTime } from '@/components/ui/local-time';
import { countOf } from '@/components/ui/numbers';
import { WEBHOOK_EVENTS } from '@/lib/webhook-endpoints/events';
import type { DeliveryPage, WebhookEndpoint } from '@/lib/webhook-endpoints/schema';
import { fetchEndpoint, updateEndpoint } from './api';
import { DeliveryLog } from './delivery-log';
import { EndpointButtons } from './endpoint-buttons';
import { EndpointForm } from './endpoint-form';
import { EndpointState } from './endpoint-state';
import { SecretDialog } from './secret-dialog';
import { useEndpointActions } from './use-endpoint-actions';

const REFRESH_MS = 5_000;

interface EndpointDetailProps {
  initial: WebhookEndpoint;
  firstPage: DeliveryPage;
  /** When the server read both, ms since 1970. */
  readAt: number;
}

/** One endpoint: what it is told, how it is doing, its log. */
export function EndpointDetail({ initial, firstPage, readAt }: EndpointDetailProps) {
  const query = useQuery({
    queryKey: queryKeys.webhookEndpoint(initial.id),
    queryFn: ({ signal }) => fetchEndpoint(initial.id, signal),
    initialData: initial,
    initialDataUpdatedAt: readAt,
    refetchInterval: REFRESH_MS,
    gcTime: 0,
  });
  const endpoint = query.data;
  const [isEditing, setEditing] = useState(false);
  const actions = useEndpointActions(endpoint.id);
  return (
    <div className="space-y-6">
      <div className="flex flex-col gap-3">
        <BackLink href="/settings/webhooks">Webhooks</BackLink>
        <div>
          <h2 dir="ltr" className="text-base font-semibold break-all">
            {endpoint.url}
          </h2>
          {endpoint.description && (
            <p dir="auto" className="break-words text-muted">
              {endpoint.description}
            </p>
          )}
        </div>
        <EndpointButtons endpoint={endpoint} actions={actions} onEdit={() => setEditing(true)} />
      </div>
      {(actions.error ?? query.error) && (
        <Banner
          look="danger"
          title={actions.error ? 'That did not work' : 'The page could not be refreshed'}
          role="alert"
        >
          {messageOf(actions.error ?? query.error)}
        </Banner>
      )}
      <Trouble endpoint={endpoint} />
      <Facts endpoint={endpoint} />
      <DeliveryLog endpoint={endpoint} firstPage={firstPage} readAt={readAt} />
      <Dialog open={isEditing} onOpenChange={setEditing} title="Change the endpoint">
        <EndpointForm
          initial={endpoint}
          word="Save the endpoint"
          save={({ url, description, events }) => updateEndpoint(endpoint.id, { url, description, events })}
          onSaved={() => {
            setEditing(false);
            void query.refetch();
          }}
        />
      </Dialog>
      {actions.made && (
        <SecretDialog key={actions.made.secret} made={actions.made} onClose={actions.forgetMade} />
      )}
    </div>
  );
}

function Trouble({ endpoint }: { endpoint: WebhookEndpoint }) {
  if (endpoint.disabled_reason)
    return (
      <Banner look="danger" title="Herald switched this endpoint off">
        {endpoint.disabled_reason}
      </Banner>
    );
  if (!endpoint.enabled)
    return (
      <Banner look="plain" title="This endpoint is off">
        What happens meanwhile is not recorded for it. What waits is sent once it is on again.
      </Banner>
    );
  if (!endpoint.failing_since) return null;
  return (
    <Banner look="warn" title="It takes nothing at the moment">
      Since <LocalTime value={endpoint.failing_since} /> every attempt has failed. After three days of this
      Herald switches it off.
    </Banner>
  );
}

function Facts({ endpoint }: { endpoint: WebhookEndpoint }) {
  const told = WEBHOOK_EVENTS.filter(({ type }) => endpoint.events.includes(type));
  return (
    <dl className="grid gap-x-6 gap-y-4 rounded-lg border bg-surface p-4 sm:grid-cols-2 lg:grid-cols-4">
      <Fact name="State">
        <EndpointState endpoint={endpoint} />
        {endpoint.waiting > 0 && (
          <span className="block text-muted">
            {endpoint.waiting >= 1_000
              ? '1,000 deliveries or more wait'
              : `${countOf(endpoint.waiting, 'delivery', 'deliveries')} waiting`}
          </span>
        )}
      </Fact>
      <Fact name="Last taken">
        {endpoint.last_success_at ? <LocalTime value={endpoint.last_success_at} /> : 'Never'}
      </Fact>
      <Fact name="Secret">
        {endpoint.old_secret_until ? (
          <>
            The one before signs too until <LocalTime value={endpoint.old_secret_until} />
          </>
        ) : (
          'One, shown when it was made'
        )}
      </Fact>
      <Fact name="Told when">
        <ul>
          {told.map(({ type, word }) => (
            <li key={type}>{word}</li>
          ))}
        </ul>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
