'use client';

import { laterLive } from '@/components/api/later-live';

// What moves on every page.
export const WorkersBanner = laterLive(async () => (await import('./workers-banner')).WorkersBanner);
