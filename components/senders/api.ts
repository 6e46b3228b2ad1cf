import { callApi } from '@/components/api/request';
import type {
  ConnectionCheck,
  CreateSender,
  Sender,
  TestCredentials,
  UpdateSender,
} from '@/lib/senders/schema';

/** Accounts with thousands of templates are read page by page. */
const SYNC_TIMEOUT_MS = 120_000;

export async function fetchSenders(signal?: AbortSignal): Promise<Sender[]> {
  return (await callApi<Sender[]>('/api/senders', { signal })).body;
}

export async function fetchSender(id: string, signal?: AbortSignal): Promise<Sender> {
  return (await callApi<Sender>(`/api/senders/${id}`, { signal })).body;
}

export async function createSender(body: CreateSender): Promise<Sender> {
  return (await callApi<{ sender: Sender }>('/api/senders', { method: 'POST', body })).body.sender;
}

export async function updateSender(id: string, body: UpdateSender): Promise<Sender> {
  return (await callApi<{ sender: Sender }>(`/api/senders/${id}`, { method: 'PATCH', body })).body.sender;
}

export async function deleteSender(id: string): Promise<void> {
  await callApi(`/api/senders/${id}`, { method: 'DELETE' });
}

/** How many templates it fetched. */
export async function syncSender(id: string): Promise<number> {
  const { body } = await callApi<{ templates: number }>(`/api/senders/${id}/sync`, {
    method: 'POST',
    timeoutMs: SYNC_TIMEOUT_MS,
  });
  return body.templates;
}

export async function testSender(id: string): Promise<ConnectionCheck[]> {
  return (await callApi<{ checks: ConnectionCheck[] }>(`/api/senders/${id}/test`, { method: 'POST' })).body
    .checks;
}

export async function testCredentials(body: TestCredentials): Promise<ConnectionCheck[]> {
  return (await callApi<{ checks: ConnectionCheck[] }>('/api/senders/test', { method: 'POST', body })).body
    .checks;
}
