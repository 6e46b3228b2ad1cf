'use client';

import { formatTime, type TimeFormat } from './time-format';
import { useIsAlive } from './use-is-alive';

interface LocalTimeProps {
  /** ISO 8601, or ms since 1970. */
  value: string | number;
  format?: TimeFormat;
}

/** A time in the reader's zone. The server does not know the zone: until the page is alive it says UTC. */
export function LocalTime({ value, format = 'full' }: LocalTimeProps) {
  const isAlive = useIsAlive();
  const time = new Date(value);
  return (
    <time dateTime={time.toISOString()} title={time.toISOString()}>
      {isAlive ? formatTime(time, format) : `${formatTime(time, format, 'UTC')} UTC`}
    </time>
  );
}
