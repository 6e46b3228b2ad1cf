'use client';

import { laterLive } from '@/components/api/later-live';

// What moves on a campaign's page: all of it.
export const CampaignDetail = laterLive(async () => (await import('./campaign-detail')).CampaignDetail);
