import { callApi } from '@/components/api/request';
import type { RecipientDetail, RecipientPage } from '@/lib/recipients/schema';
import { filterParams, type RecipientFilter } from './recipient-filter';

/** The calls of a campaign's list of recipients. */
export async function fetchRecipients(
  campaignId: string,
  filter: RecipientFilter,
  cursor: string | null,
  signal: AbortSignal,
): Promise<RecipientPage> {
  const params = filterParams(filter, 'error_code');
  if (cursor) params.set('cursor', cursor);
  const path = `/api/campaigns/${campaignId}/recipients?${params.toString()}`;
  return (await callApi<RecipientPage>(path, { signal })).body;
}

export async function fetchRecipient(
  campaignId: string,
  id: string,
  signal: AbortSignal,
): Promise<RecipientDetail> {
  return (await callApi<RecipientDetail>(`/api/campaigns/${campaignId}/recipients/${id}`, { signal })).body;
}
