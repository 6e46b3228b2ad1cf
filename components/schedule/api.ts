import { callApi } from '@/components/api/request';
import type { Campaign } from '@/lib/campaigns/schema';
import type { LocalStart } from '@/lib/schedule/schema';

/** Sets when a campaign starts by itself. Throws ApiError: 409 when it has started, 422 for a time that cannot be. */
export async function planStart(id: string, schedule: LocalStart): Promise<Campaign> {
  return changeCampaign(id, { schedule });
}

/** Takes a planned start back: it is a draft again. Throws ApiError 409 when it has started. */
export async function cancelStart(id: string): Promise<Campaign> {
  return changeCampaign(id, { scheduled_at: null });
}

async function changeCampaign(id: string, body: object): Promise<Campaign> {
  const call = { method: 'PATCH', body } as const;
  return (await callApi<{ campaign: Campaign }>(`/api/campaigns/${id}`, call)).body.campaign;
}
