import { countOf, formatCount } from '@/components/ui/numbers';
import { LEAST_PEOPLE, type Comparison, type Difference } from '@/lib/variants/compare';
import type { DecideBy } from '@/lib/variants/keys';

export const MEASURE_WORDS: Record<DecideBy, string> = {
  delivered: 'Delivered',
  read: 'Read',
  reply: 'Replied',
};

/** How a choice is said to be made: “the larger share of people who read it”. */
export const DECIDE_BY_WORDS: Record<DecideBy, string> = {
  delivered: 'got it',
  read: 'read it',
  reply: 'replied',
};

/** How long after the test a message is chosen. */
export function spanWords(minutes: number): string {
  return minutes % 60 === 0 ? countOf(minutes / 60, 'hour') : countOf(minutes, 'minute');
}

/** What one measure says, a sentence for each message after the first. */
export function comparisonWords({ leader, differences }: Comparison): string[] {
  if (leader === null) return ['Nothing is known yet.'];
  return differences.map(differenceWords);
}

function differenceWords({ key, difference, low, high, verdict }: Difference): string {
  if (difference === null || low === null || high === null)
    return `${key} against A: not enough yet. Nothing is known of one of them.`;
  const against = `${key} ${toFirst(difference)}`;
  const range = `between ${signed(low)} and ${signed(high)}`;
  switch (verdict) {
    case 'not_enough':
      return `${against} so far: not enough yet. Each needs at least ${countOf(LEAST_PEOPLE, 'person', 'people')}.`;
    case 'may_be_chance':
      return `${against}, but it may be chance: the true difference is likely ${range} points.`;
    default:
      return `${against}, and that is more than chance: the true difference is likely ${range} points.`;
  }
}

function toFirst(difference: number): string {
  const points = formatCount(Math.abs(rounded(difference)));
  if (rounded(difference) === 0) return 'is level with A';
  return `is ${points} ${points === '1' ? 'point' : 'points'} ${difference > 0 ? 'above' : 'below'} A`;
}

function signed(share: number): string {
  const points = rounded(share);
  return `${points > 0 ? '+' : points < 0 ? '−' : ''}${formatCount(Math.abs(points))}`;
}

/** Percentage points, to a tenth. */
function rounded(share: number): number {
  return Math.round(share * 1000) / 10;
}
