import { callApi } from '@/components/api/request';
import type { AutoRetry } from '@/lib/auto-retry/schema';
import type { Campaign } from '@/lib/campaigns/schema';
import type { CampaignTimeline } from '@/lib/campaigns/timeline-schema';
import type { CampaignCost } from '@/lib/costs/schema';
import type { Draft } from '@/lib/drafts/schema';
import type { FollowUpChoices, Follows } from '@/lib/follow-ups/schema';
import type { FailureGroup } from '@/lib/recipients/schema';

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

export interface CampaignChange {
  worker_count?: number;
  rate_limit?: number;
  unconfirmed_policy?: 'ask' | 'resend';
  auto_retry?: AutoRetry | null;
}

export async function updateCampaign(id: string, change: CampaignChange): Promise<Campaign> {
  const { body } = await callApi<{ campaign: Campaign }>(`/api/campaigns/${id}`, {
    method: 'PATCH',
    body: change,
  });
  return body.campaign;
}

export async function retryCampaign(
  id: string,
  include: 'failed' | 'unconfirmed',
  errorCodes?: (number | null)[],
): Promise<number> {
  const { body } = await callApi<{ retried: number }>(`/api/campaigns/${id}/retry`, {
    method: 'POST',
    body: { include: [include], error_codes: errorCodes },
  });
  return body.retried;
}

export async function suppressFailed(
  id: string,
  errorCode: number,
): Promise<{ added: number; already: number }> {
  const { body } = await callApi<{ added: number; already: number }>(`/api/campaigns/${id}/suppress`, {
    method: 'POST',
    body: { error_code: errorCode },
  });
  return body;
}

export async function deleteCampaign(id: string): Promise<void> {
  await callApi(`/api/campaigns/${id}`, { method: 'DELETE' });
}

export async function fetchFailures(id: string, signal: AbortSignal): Promise<FailureGroup[]> {
  return (await callApi<FailureGroup[]>(`/api/campaigns/${id}/failures`, { signal })).body;
}

export async function fetchCost(id: string, signal: AbortSignal): Promise<CampaignCost> {
  return (await callApi<CampaignCost>(`/api/campaigns/${id}/cost`, { signal })).body;
}

export async function fetchTimeline(
  id: string,
  cursor: string | null,
  signal: AbortSignal,
): Promise<CampaignTimeline> {
  const query = cursor ? `?cursor=${encodeURIComponent(cursor)}` : '';
  return (await callApi<CampaignTimeline>(`/api/campaigns/${id}/timeline${query}`, { signal })).body;
}

export async function fetchFollowUpChoices(id: string, signal: AbortSignal): Promise<FollowUpChoices> {
  return (await callApi<FollowUpChoices>(`/api/campaigns/${id}/follow-up`, { signal })).body;
}

/** A draft of the wizard whose list are these people, as they stand now. */
export async function createFollowUpDraft(follows: Follows): Promise<Draft> {
  const call = { method: 'POST', body: { follow_up: follows } } as const;
  return (await callApi<{ draft: Draft }>('/api/drafts', call)).body.draft;
}
