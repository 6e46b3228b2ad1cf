import { setTimeout as sleep } from 'node:timers/promises';
import type { ReactNode } from 'react';

/** A page that takes longer is preceded by its skeleton. */
const SLOW_MS = 100;

/**
 * What stands in for a page that is not ready. It comes late on purpose: React sends what is ready first, so that a page
 * that is quick enough is the first thing painted, not a flash of grey before it.
 */
export async function BetweenPages({ children }: { children: ReactNode }) {
  await sleep(SLOW_MS);
  return children;
}
