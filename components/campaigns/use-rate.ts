'use client';

import { useEffect, useState } from 'react';
import type { Campaign } from '@/lib/campaigns/schema';
import { RateMeter, type RateReading } from './rate-meter';

const TICK_MS = 1_000;
const NOTHING: RateReading = { perSecond: null, history: [], idleMs: 0 };

/** How fast the campaign is sending, measured here from its live counts; begins anew each time it starts. */
export function useRate(campaign: Campaign): RateReading {
  const isActive = campaign.status === 'active';
  const [meter, setMeter] = useState<RateMeter | null>(null);
  const [reading, setReading] = useState(NOTHING);

  useEffect(() => {
    if (!isActive) return;
    const started = new RateMeter();
    setMeter(started);
    const timer = setInterval(() => setReading(started.read(Date.now())), TICK_MS);
    return () => {
      clearInterval(timer);
      setMeter(null);
      setReading(NOTHING);
    };
  }, [isActive]);

  const attempted = campaign.sent + campaign.failed + campaign.unconfirmed;
  useEffect(() => {
    meter?.record(attempted, Date.now());
  }, [meter, attempted, campaign]);
  return reading;
}
