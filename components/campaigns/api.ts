import { callApi } from '@/components/api/request';
import type { Campaign } from '@/lib/campaigns/schema';

/** The calls of one campaign's page. */
export async function fetchCampaign(id: string, signal?: AbortSignal): Promise<Campaign> {
  return (await callApi<Campaign>(`/api/campaigns/${id}`, { signal })).body;
}

export async function sendCampaign(id: string): Promise<void> {
  await callApi(`/api/campaigns/${id}/send`, { method: 'POST' });
}

export async function setCampaignStatus(id: string, status: 'active' | 'paused' | 'stopped'): Promise<void> {
  await callApi(`/api/campaigns/${id}/status`, { method: 'POST', body: { status } });
}

export async function retryCampaign(id: string, include: 'failed' | 'unconfirmed'): Promise<number> {
  const { body } = await callApi<{ retried: number }>(`/api/campaigns/${id}/retry`, {
    method: 'POST',
    body: { include: [include] },
  });
  return body.retried;
}

export async function deleteCampaign(id: string): Promise<void> {
  await callApi(`/api/campaigns/${id}`, { method: 'DELETE' });
}
