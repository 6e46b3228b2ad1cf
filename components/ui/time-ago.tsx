'use client';

import { useEffect, useState } from 'react';
import { agoWords } from '@/lib/ago-words';

const TICK_MS = 20_000;

interface TimeAgoProps {
  /** ISO 8601. */
  value: string;
  /** What the server took for now, ms since 1970, so that the first paint is the same on both sides. */
  readAt: number;
}

/** "3 min ago", kept true while the page is open; the whole time on pointing at it. */
export function TimeAgo({ value, readAt }: TimeAgoProps) {
  const [nowMs, setNowMs] = useState(readAt);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const time = new Date(value);
  return (
    <time dateTime={value} title={time.toISOString()}>
      {agoWords(time.getTime(), Math.max(nowMs, readAt))}
    </time>
  );
}
