'use client';

import { useIsAlive } from './use-is-alive';

const FORMATS: Record<string, Intl.DateTimeFormatOptions> = {
  full: {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  },
  exact: {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  },
  clock: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
};

interface LocalTimeProps {
  /** ISO 8601, or ms since 1970. */
  value: string | number;
  format?: 'full' | 'exact' | 'clock';
}

/** A time in the reader's zone. The server does not know the zone: until the page is alive it says UTC. */
export function LocalTime({ value, format = 'full' }: LocalTimeProps) {
  const isAlive = useIsAlive();
  const time = new Date(value);
  const text = new Intl.DateTimeFormat('en-GB', {
    ...FORMATS[format],
    timeZone: isAlive ? undefined : 'UTC',
  }).format(time);
  return (
    <time dateTime={time.toISOString()} title={time.toISOString()}>
      {isAlive ? text : `${text} UTC`}
    </time>
  );
}
