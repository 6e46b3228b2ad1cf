/** Seconds after the first failed attempt, the second and so on: close together at first, then over a day. */
const WAITS_S = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 28_800];
const JITTER = 0.1;

/** Attempts at one delivery before it is given up. */
export const MAX_ATTEMPTS = WAITS_S.length + 1;

/**
 * ms until the next attempt, or null: that was the last. `random` (0–1) spreads them by a tenth, so that those
 * that failed together do not come together again.
 */
export function waitAfter(attempts: number, random: number = Math.random()): number | null {
  const seconds = WAITS_S[attempts - 1];
  return seconds === undefined ? null : Math.round(seconds * 1_000 * (1 - JITTER + 2 * JITTER * random));
}

/** An endpoint that has failed for so long, and so often in a row, is switched off. */
export const SWITCH_OFF_AFTER_MS = 3 * 86_400_000;
export const SWITCH_OFF_FAILURES = 10;
