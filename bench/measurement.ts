import type { ResultRow } from './results';

/** What one of the measurements of `npm run bench` brought. */
export interface Measurement {
  /** Its heading in bench/RESULTS.md. */
  section: string;
  rows: ResultRow[];
  /** Sentences a reader must know to judge the figures. */
  notes: string[];
  postgres?: string;
}

/** The value below which `share` of the sorted or unsorted `values` lie; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** For a table: as many digits as a reader compares. */
export function round(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}

/** How long it takes, ms. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
