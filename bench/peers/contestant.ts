import type { DatabaseWork } from '../database-work';

export const LONGEST_RUN_MS = 120_000;

export interface Order {
  recipients: number;
  /** Requests under way at once, at most. */
  concurrency: number;
}

/** One contestant's run over all recipients. */
export interface Run {
  peer: string;
  version: string;
  recipients: number;
  /** From the first POST to the last stored result. */
  seconds: number;
  /** Of the sending process, over the same time. */
  cpuSeconds: number;
  peakMb: number;
  /** Of the database, taking the jobs and storing the results; null where nothing is stored. */
  database: DatabaseWork | null;
  /** Why the run does not count; null when every recipient was sent to exactly once and has its result. */
  fault: string | null;
}
