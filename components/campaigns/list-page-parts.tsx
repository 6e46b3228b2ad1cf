'use client';

import { laterLive } from '@/components/api/later-live';

// What moves on the list page.
export const CampaignList = laterLive(async () => (await import('./campaign-list')).CampaignList);
export const OpenDrafts = laterLive(async () => (await import('@/components/wizard/open-drafts')).OpenDrafts);
export const Checklist = laterLive(async () => (await import('@/components/onboarding/checklist')).Checklist);
