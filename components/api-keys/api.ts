import { callApi } from '@/components/api/request';
import type { ApiKey, KeyAccess, MadeApiKey } from '@/lib/api-keys/schema';

export async function fetchApiKeys(signal: AbortSignal): Promise<ApiKey[]> {
  return (await callApi<ApiKey[]>('/api/api-keys', { signal })).body;
}

export interface NewKey {
  name: string;
  access: KeyAccess;
  /** null: it never expires. */
  expires_in_days: number | null;
}

export async function createApiKey(body: NewKey): Promise<MadeApiKey> {
  return (await callApi<MadeApiKey>('/api/api-keys', { method: 'POST', body })).body;
}

export async function rotateApiKey(id: string): Promise<MadeApiKey> {
  return (await callApi<MadeApiKey>(`/api/api-keys/${id}/rotate`, { method: 'POST' })).body;
}

export async function revokeApiKey(id: string): Promise<void> {
  await callApi(`/api/api-keys/${id}`, { method: 'DELETE' });
}
