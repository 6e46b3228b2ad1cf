import { countOf } from '@/components/ui/numbers';

const SHORTEST_S = 50;

/** `about 14 min`: no more exact than such a guess can be. */
export function roughDuration(seconds: number): string {
  return seconds < SHORTEST_S ? spanWords(seconds) : `about ${spanWords(seconds)}`;
}

/** `14 min`, of a time that is known and need not be told more exactly. */
export function spanWords(seconds: number): string {
  if (seconds < SHORTEST_S) return 'less than a minute';
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${Math.round(minutes / 60 / 24)} days`;
}

/** `4 min 12 s`, of something that is over. */
export function exactDuration(seconds: number): string {
  const whole = Math.max(Math.round(seconds), 0);
  if (whole === 0) return 'less than a second';
  if (whole < 60) return countOf(whole, 'second');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
