import { callApi } from '@/components/api/request';
import type { WebhookEventType } from '@/lib/webhook-endpoints/events';
import type {
  DeliveryPage,
  DeliveryState,
  MadeWebhookEndpoint,
  WebhookDelivery,
  WebhookEndpoint,
} from '@/lib/webhook-endpoints/schema';

const PATH = '/api/webhook-endpoints';

export interface EndpointValues {
  url: string;
  description: string;
  events: WebhookEventType[];
}

export async function fetchEndpoints(signal: AbortSignal): Promise<WebhookEndpoint[]> {
  return (await callApi<WebhookEndpoint[]>(PATH, { signal })).body;
}

export async function fetchEndpoint(id: string, signal: AbortSignal): Promise<WebhookEndpoint> {
  return (await callApi<WebhookEndpoint>(`${PATH}/${id}`, { signal })).body;
}

export async function createEndpoint(body: EndpointValues): Promise<MadeWebhookEndpoint> {
  return (await callApi<MadeWebhookEndpoint>(PATH, { method: 'POST', body })).body;
}

export async function updateEndpoint(
  id: string,
  body: Partial<EndpointValues> & { enabled?: boolean },
): Promise<WebhookEndpoint> {
  const answer = await callApi<{ webhook_endpoint: WebhookEndpoint }>(`${PATH}/${id}`, {
    method: 'PATCH',
    body,
  });
  return answer.body.webhook_endpoint;
}

export async function deleteEndpoint(id: string): Promise<void> {
  await callApi(`${PATH}/${id}`, { method: 'DELETE' });
}

export async function rotateSecret(id: string): Promise<MadeWebhookEndpoint> {
  return (await callApi<MadeWebhookEndpoint>(`${PATH}/${id}/rotate`, { method: 'POST' })).body;
}

export async function sendTest(id: string): Promise<WebhookDelivery> {
  const answer = await callApi<{ delivery: WebhookDelivery }>(`${PATH}/${id}/test`, { method: 'POST' });
  return answer.body.delivery;
}

export async function fetchDeliveries(
  id: string,
  { state, cursor }: { state: DeliveryState | null; cursor: string | null },
  signal: AbortSignal,
): Promise<DeliveryPage> {
  const query = new URLSearchParams({ ...(state && { state }), ...(cursor && { cursor }) });
  return (await callApi<DeliveryPage>(`${PATH}/${id}/deliveries?${query}`, { signal })).body;
}

export async function sendAgain(id: string, deliveryId: string): Promise<void> {
  await callApi(`${PATH}/${id}/deliveries/${deliveryId}/redeliver`, { method: 'POST' });
}
