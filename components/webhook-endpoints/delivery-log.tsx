'use client';

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { queryKeys } from '@/components/api/query-keys';
import { messageOf } from '@/components/api/request';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { notify } from '@/components/ui/notify';
import { SelectField } from '@/components/ui/select-field';
import {
  deliveryStateSchema,
  type DeliveryPage,
  type DeliveryState,
  type WebhookEndpoint,
} from '@/lib/webhook-endpoints/schema';
import { fetchDeliveries, sendAgain } from './api';
import { DeliveryRow } from './delivery-row';

/** While somebody looks: what is on its way changes within seconds. */
const REFRESH_MS = 3_000;
const FILTERS = [
  { value: '', word: 'All' },
  { value: 'waiting', word: 'Waiting' },
  { value: 'delivered', word: 'Delivered' },
  { value: 'given_up', word: 'Given up' },
];

interface DeliveryLogProps {
  endpoint: WebhookEndpoint;
  firstPage: DeliveryPage;
  /** When the server read it, ms since 1970. */
  readAt: number;
}

/** What an endpoint was sent, newest first, page after page. */
export function DeliveryLog({ endpoint, firstPage, readAt }: DeliveryLogProps) {
  const [state, setState] = useState<DeliveryState | null>(null);
  const query = useLog({ endpoint, firstPage, readAt }, state);
  const client = useQueryClient();
  const again = useMutation({
    mutationFn: (deliveryId: string) => sendAgain(endpoint.id, deliveryId),
    onSuccess: () => notify('On its way again'),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.webhookDeliveries(endpoint.id) }),
  });
  const deliveries = query.data?.pages.flatMap((page) => page.deliveries) ?? [];
  const fault = again.error ?? query.error;
  return (
    <section aria-labelledby="log" className="space-y-4">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <h3 id="log" className="font-semibold">
          Deliveries of the last 14 days
        </h3>
        <SelectField
          id="log-state"
          label="Show"
          value={state ?? ''}
          options={FILTERS}
          onChange={(event) => setState(deliveryStateSchema.safeParse(event.target.value).data ?? null)}
        />
      </div>
      {fault && (
        <Banner
          look="danger"
          title={again.error ? 'It was not sent again' : 'The log could not be read'}
          role="alert"
        >
          {messageOf(fault)}
        </Banner>
      )}
      {deliveries.length > 0 ? (
        <ol
          aria-label="Deliveries, newest first"
          className="divide-y overflow-hidden rounded-lg border bg-surface"
        >
          {deliveries.map((delivery) => (
            <DeliveryRow
              key={delivery.id}
              delivery={delivery}
              isOn={endpoint.enabled}
              isSending={again.isPending && again.variables === delivery.id}
              onSendAgain={() => !again.isPending && again.mutate(delivery.id)}
            />
          ))}
        </ol>
      ) : (
        !query.isPending && <Nothing state={state} onAll={() => setState(null)} />
      )}
      {query.hasNextPage && (
        <div className="flex justify-center">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Load more
          </Button>
        </div>
      )}
    </section>
  );
}

function useLog({ endpoint, firstPage, readAt }: DeliveryLogProps, state: DeliveryState | null) {
  return useInfiniteQuery({
    queryKey: [...queryKeys.webhookDeliveries(endpoint.id), state],
    queryFn: ({ pageParam, signal }) => fetchDeliveries(endpoint.id, { state, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    gcTime: 0,
    ...(state === null && {
      initialData: { pages: [firstPage], pageParams: [null] },
      initialDataUpdatedAt: readAt,
    }),
    // With more pages open one reads from where one stands: nothing moves under the eyes.
    refetchInterval: ({ state: { data } }) => ((data?.pages.length ?? 0) > 1 ? false : REFRESH_MS),
    getNextPageParam: (page: DeliveryPage) => page.next_cursor,
  });
}

function Nothing({ state, onAll }: { state: DeliveryState | null; onAll: () => void }) {
  if (state === null)
    return <EmptyState>Nothing has been sent yet. Send a test to see that it arrives.</EmptyState>;
  return <EmptyState action={<Button onClick={onAll}>Show all</Button>}>None of these.</EmptyState>;
}
