import type { Fault } from './fault';
import { killAtPoints, killOnce, killWeb, killWorkers, sigterm, zombie } from './faults/kills';

/** All that `npm run chaos` does, the most telling first. */
export const FAULTS: readonly Fault[] = [
  killOnce,
  killWorkers,
  killAtPoints,
  zombie,
  sigterm,
  killWeb,
];
