'use client';

import { useEffect, useRef, useState } from 'react';
import type { Campaign } from '@/lib/campaigns/schema';
import { RateMeter, type RateReading } from './rate-meter';

const TICK_MS = 1_000;
const NOTHING: RateReading = { perSecond: null, history: [], idleMs: 0 };

/** How fast the campaign is sending, measured here from its live counts; begins anew each time it starts. */
export function useRate(campaign: Campaign): RateReading {
  const isActive = campaign.status === 'active';
  const meter = useRef<RateMeter | null>(null);
  const [reading, setReading] = useState(NOTHING);

  useEffect(() => {
    if (!isActive) return;
    const started = new RateMeter();
    meter.current = started;
    const timer = setInterval(() => setReading(started.read(Date.now())), TICK_MS);
    return () => {
      clearInterval(timer);
      meter.current = null;
      setReading(NOTHING);
    };
  }, [isActive]);

  const attempted = campaign.sent + campaign.failed + campaign.unconfirmed;
  useEffect(() => {
    meter.current?.record(attempted, Date.now());
  }, [isActive, attempted, campaign]);
  return reading;
}
