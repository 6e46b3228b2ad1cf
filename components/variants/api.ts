import { callApi } from '@/components/api/request';
import type { Campaign } from '@/lib/campaigns/schema';
import type { VariantKey } from '@/lib/variants/keys';

/** Chooses the message for those who wait. */
export async function chooseWinner(id: string, variant: VariantKey): Promise<Campaign> {
  const call = { method: 'POST', body: { variant } } as const;
  return (await callApi<{ campaign: Campaign }>(`/api/campaigns/${id}/winner`, call)).body.campaign;
}
