'use client';

import { useEffect } from 'react';
import type { Campaign } from '@/lib/campaigns/schema';
import { settledShare } from './progress';

const PRODUCT = 'Herald';

/** Shows the progress of a running campaign in the title of its tab, which one sees from another. */
export function useProgressTitle(campaign: Campaign): void {
  const lead = campaign.status === 'active' ? `${Math.floor(settledShare(campaign) * 100)}% · ` : '';
  const title = `${lead}${campaign.name} · ${PRODUCT}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
}
