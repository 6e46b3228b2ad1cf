import { callApi } from '@/components/api/request';
import type { Sender } from '@/lib/senders/schema';
import type { SyncReport, Template } from '@/lib/templates/schema';

/** A large account is read page by page from WhatsApp. */
const SYNC_TIMEOUT_MS = 180_000;

/** The calls of the templates page. */
export async function fetchTemplates(signal?: AbortSignal): Promise<Template[]> {
  return (await callApi<Template[]>('/api/templates', { signal })).body;
}

export async function fetchSenders(signal?: AbortSignal): Promise<Sender[]> {
  return (await callApi<Sender[]>('/api/senders', { signal })).body;
}

export async function syncSender(senderId: string): Promise<SyncReport> {
  const path = `/api/senders/${senderId}/sync`;
  return (await callApi<SyncReport>(path, { method: 'POST', timeoutMs: SYNC_TIMEOUT_MS })).body;
}
