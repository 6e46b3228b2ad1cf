import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { queryKeys } from '@/components/api/query-keys';
import { notify } from '@/components/ui/notify';
import type { MadeWebhookEndpoint } from '@/lib/webhook-endpoints/schema';
import { deleteEndpoint, rotateSecret, sendTest, updateEndpoint } from './api';

export type EndpointAction = 'test' | 'on' | 'off' | 'rotate' | 'delete';

export interface EndpointActions {
  run: (action: EndpointAction) => void;
  /** The one under way. */
  busy: EndpointAction | null;
  error: Error | null;
  /** With the one sight of a new secret. */
  made: MadeWebhookEndpoint | null;
  forgetMade: () => void;
}

/** What is done to one endpoint. It is read again whatever came of it. */
export function useEndpointActions(id: string): EndpointActions {
  const client = useQueryClient();
  const router = useRouter();
  const [made, setMade] = useState<MadeWebhookEndpoint | null>(null);
  const act: Record<EndpointAction, () => Promise<void>> = {
    test: async () => {
      await sendTest(id);
      notify('The test is on its way: see the log');
    },
    on: async () => void (await updateEndpoint(id, { enabled: true })),
    off: async () => void (await updateEndpoint(id, { enabled: false })),
    rotate: async () => setMade(await rotateSecret(id)),
    delete: async () => {
      await deleteEndpoint(id);
      router.push('/settings/webhooks');
    },
  };
  const action = useMutation({
    mutationFn: (what: EndpointAction) => act[what](),
    onSettled: (_data, _error, what) =>
      what === 'delete' ? undefined : client.invalidateQueries({ queryKey: queryKeys.webhookEndpoint(id) }),
  });
  return {
    run: (what) => !action.isPending && action.mutate(what),
    busy: action.isPending ? action.variables : null,
    error: action.error,
    made,
    forgetMade: () => setMade(null),
  };
}
