import { VARIANT_KEYS, type DecideBy, type VariantKey } from './keys';

/** Of how many people each group must be known before a difference says anything. */
export const LEAST_PEOPLE = 100;

/** What is compared of a message; a Variant has it, and what is kept of a choice. */
export interface Compared {
  key: VariantKey;
  sent: number;
  delivered: number;
  read: number;
  failed: number;
  replied: number;
}

export interface Share {
  key: VariantKey;
  count: number;
  /** Of how many. */
  of: number;
  /** 0–1; null: of nobody. */
  share: number | null;
}

/**
 * `not_enough`: too few people, or nothing known; `may_be_chance`: the interval has 0 in it; else which way it goes.
 */
export type Verdict = 'not_enough' | 'may_be_chance' | 'higher' | 'lower';

/** A message against the first one. */
export interface Difference {
  key: VariantKey;
  /** Its share less that of the first, −1 to 1, and the interval round it; null where there is none. */
  difference: number | null;
  low: number | null;
  high: number | null;
  verdict: Verdict;
}

export interface Comparison {
  measure: DecideBy;
  /** The message with the largest share, chance or not; null: nothing is known. */
  leader: VariantKey | null;
  shares: Share[];
  differences: Difference[];
}

/**
 * Compares the messages with the first one (browser-safe). The interval is Newcombe's for two independent shares, from
 * Wilson's for each (Statistics in Medicine 17, 1998, method 10): right for small groups and shares near 0 too. With
 * more than two messages each comparison is made stricter (Bonferroni), so that all of them together are 95 % sure.
 */
export function compareVariants(variants: readonly Compared[], measure: DecideBy): Comparison {
  const shares = variants.map((variant) => shareOf(variant, measure));
  const [first, ...others] = shares;
  const z = Z[others.length - 1] ?? 0;
  return {
    measure,
    leader: leaderOf(shares),
    shares,
    differences: first ? others.map((other) => differenceOf(first, other, z)) : [],
  };
}

/**
 * The smallest difference of shares that groups of these sizes could show to be more than chance (browser-safe): for
 * shares round one half, where it takes most, and for the message that is hardest to tell from the first. null: a group
 * is so small that no difference says anything.
 */
export function leastDifference(people: readonly number[]): number | null {
  if (people.length < 2 || people.some((each) => each < LEAST_PEOPLE)) return null;
  const isSeen = (difference: number) =>
    compareVariants(
      people.map((delivered, i) => ({
        key: VARIANT_KEYS[i] ?? 'A',
        ...{ sent: delivered, delivered, failed: 0, replied: 0 },
        read: delivered * (0.5 + (i === 0 ? -difference : difference) / 2),
      })),
      'read',
    ).differences.every(({ verdict }) => verdict === 'higher');
  let [low, high] = [0, 1];
  while (high - low > 0.0005) {
    const middle = (low + high) / 2;
    if (isSeen(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Two-sided 95 % of the normal distribution, divided among one, two and three comparisons. */
const Z = [1.959964, 2.241403, 2.39398];

function shareOf(variant: Compared, measure: DecideBy): Share {
  const { key, sent, delivered, read, failed, replied } = variant;
  // Of what WhatsApp answered for; who replied or read has got it, whether or not that was reported.
  const [count, of] =
    measure === 'delivered'
      ? [delivered, sent + failed]
      : measure === 'read'
        ? [read, delivered]
        : [Math.min(replied, delivered), delivered];
  return { key, count, of, share: of === 0 ? null : count / of };
}

function leaderOf(shares: readonly Share[]): VariantKey | null {
  let leader: Share | undefined;
  for (const share of shares)
    if (share.share !== null && (leader === undefined || share.share > (leader.share ?? 0))) leader = share;
  return leader?.key ?? null;
}

function differenceOf(first: Share, other: Share, z: number): Difference {
  const { key } = other;
  if (first.share === null || other.share === null)
    return { key, difference: null, low: null, high: null, verdict: 'not_enough' };
  const [p1, p2] = [first.share, other.share];
  const [w1, w2] = [wilson(first, z), wilson(other, z)];
  const difference = p2 - p1;
  const low = difference - Math.hypot(p2 - w2.low, w1.high - p1);
  const high = difference + Math.hypot(w2.high - p2, p1 - w1.low);
  return { key, difference, low, high, verdict: verdictOf({ low, high }, Math.min(first.of, other.of)) };
}

function verdictOf({ low, high }: { low: number; high: number }, people: number): Verdict {
  if (people < LEAST_PEOPLE) return 'not_enough';
  if (low > 0) return 'higher';
  return high < 0 ? 'lower' : 'may_be_chance';
}

/** Wilson's interval for one share. */
function wilson({ count, of }: Share, z: number): { low: number; high: number } {
  const p = count / of;
  const middle = (p + z ** 2 / (2 * of)) / (1 + z ** 2 / of);
  const half = (z * Math.sqrt((p * (1 - p)) / of + z ** 2 / (4 * of ** 2))) / (1 + z ** 2 / of);
  return { low: middle - half, high: middle + half };
}
