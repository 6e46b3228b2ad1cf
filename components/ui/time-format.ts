const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'];
const MINUTE_MS = 60_000;

/** `full`: day and minute. `exact`: with the second. `clock`: the time of day alone. */
export type TimeFormat = 'full' | 'exact' | 'clock';

/**
 * `24 Nov 2026, 13:22`, in the zone of whoever runs this, or in UTC. By hand and not by Intl, one of which for each row
 * is what a phone would spend most of a table's time on.
 */
export function formatTime(time: Date, format: TimeFormat, zone: 'local' | 'UTC' = 'local'): string {
  // A time whose UTC fields are what the clock on the wall says.
  const wall = zone === 'UTC' ? time : new Date(time.getTime() - time.getTimezoneOffset() * MINUTE_MS);
  const iso = wall.toISOString();
  const [minute, second] = [iso.slice(11, 16), iso.slice(11, 19)];
  if (format === 'clock') return second;
  const day = `${wall.getUTCDate()} ${MONTHS[wall.getUTCMonth()] ?? ''} ${wall.getUTCFullYear()}`;
  return `${day}, ${format === 'full' ? minute : second}`;
}
