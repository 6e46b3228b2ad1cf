const MINUTE_MS = 60_000;

/** How a planned start stands to now: `in 3 h 12 m`, `any moment now`, `5 m late` when nothing runs to begin it. */
export function startWords(leftMs: number): string {
  if (leftMs > 0) return untilWords(leftMs);
  return leftMs > -MINUTE_MS ? 'any moment now' : lateWords(-leftMs);
}

/** `2 h 5 m late`. */
export function lateWords(ms: number): string {
  return `${spanWords(Math.max(ms, MINUTE_MS))} late`;
}

/** What a start that waits for a person says; `lateMs` null: not known yet. */
export function askTitle({ isHeld, lateMs }: { isHeld: boolean; lateMs: number | null }): string {
  const why = isHeld ? 'Start held' : lateMs === null ? 'Late' : lateWords(lateMs);
  return `${why}: start now, or set a new time`;
}

/** A zone's name for reading: `America/New York`. */
export function zoneWord(timeZone: string): string {
  return timeZone.replaceAll('_', ' ');
}

/** Whole minutes, begun ones not counted; from two days on in days and hours. */
function spanWords(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60), minutes % 60];
  if (minutes < 60) return `${minutes} m`;
  if (days < 2) return rest === 0 ? `${hours} h` : `${hours} h ${rest} m`;
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}

function untilWords(ms: number): string {
  return ms < MINUTE_MS ? 'in less than a minute' : `in ${spanWords(ms)}`;
}
