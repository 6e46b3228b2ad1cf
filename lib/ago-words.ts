const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `just now`, `3 min ago`, `5 hours ago`, `12 days ago` (browser-safe). */
export function agoWords(thenMs: number, nowMs: number): string {
  const passedMs = Math.max(0, nowMs - thenMs);
  if (passedMs < MINUTE_MS) return 'just now';
  if (passedMs < HOUR_MS) return `${Math.floor(passedMs / MINUTE_MS)} min ago`;
  if (passedMs < DAY_MS) return agoIn(Math.floor(passedMs / HOUR_MS), 'hour');
  return agoIn(Math.floor(passedMs / DAY_MS), 'day');
}

function agoIn(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}
