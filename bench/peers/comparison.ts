import type { ResultRow } from '../results';
import type { Run } from './contestant';

const LABELS: Record<string, string> = { bare: 'bare HTTP loop', go: 'plain Go' };

/** One row a contestant: the median of its runs by rate, and how much faster Herald was. Pure. */
export function comparison(runs: readonly Run[]): ResultRow[] {
  const names = [...new Set(runs.map(({ peer }) => peer))];
  const medians = names.flatMap((name) => median(runs.filter(({ peer }) => peer === name)) ?? []);
  const herald = medians.find(({ peer }) => peer === 'herald');
  return medians.sort((a, b) => rateOf(b) - rateOf(a)).map((run) => rowOf(run, herald));
}

/** Of the sender and the database; steadier than the rate on a machine that others use too. */
const cpuOf = (run: Run): number => (run.cpuSeconds + (run.database?.cpuSeconds ?? 0)) / run.recipients;

const rateOf = (run: Run): number => run.recipients / run.seconds;

function median(runs: Run[]): Run | undefined {
  const sorted = runs.sort((a, b) => rateOf(a) - rateOf(b));
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

function rowOf(run: Run, herald: Run | undefined): ResultRow {
  const { peer, version, recipients, database } = run;
  const perMessage = (amount: number | undefined, digits = 0): string =>
    amount === undefined ? '' : (amount / recipients).toFixed(digits);
  return {
    contestant: `${LABELS[peer] ?? peer} (${version})`,
    'messages/s': Math.round(rateOf(run)),
    'Herald ÷ it': herald ? (rateOf(herald) / rateOf(run)).toFixed(2) : '',
    'CPU µs a message': perMessage(run.cpuSeconds * 1e6),
    'of the database': perMessage(database ? database.cpuSeconds * 1e6 : undefined),
    "its CPU ÷ Herald's": herald ? (cpuOf(run) / cpuOf(herald)).toFixed(2) : '',
    'transactions a message': perMessage(database?.transactions, 2),
    'WAL bytes a message': perMessage(database?.walBytes),
    'peak MB': Math.round(run.peakMb),
    'each exactly once': run.fault ?? 'yes',
  };
}
