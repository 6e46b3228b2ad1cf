import { createHash } from 'node:crypto';

export interface Split {
  /** Of the campaign: another campaign splits the same list in another way. */
  seed: string;
  /** Percent, in the order of the variants. */
  shares: readonly number[];
  /** Percent of all who are sent to before a message is chosen; undefined: everybody. */
  testPercent?: number | undefined;
}

/**
 * Which message a number gets, 1–4; null: it waits for the choice. By a hash of seed and number alone: the place in
 * the list, what else is in it, and how often it is asked change nothing, and nobody can know it beforehand.
 */
export function variantOf({ seed, shares, testPercent = 100 }: Split, phone: string): number | null {
  const hash = createHash('sha256').update(`${seed} ${phone}`).digest();
  // Of two parts of the hash, so that who waits says nothing of which message they would have got.
  if (percentOf(hash.readUInt32BE(0)) >= testPercent) return null;
  const at = percentOf(hash.readUInt32BE(4));
  let end = 0;
  const index = shares.findIndex((share) => at < (end += share));
  return (index === -1 ? shares.length - 1 : index) + 1;
}

const RANGE = 2 ** 32;

function percentOf(word: number): number {
  return (word / RANGE) * 100;
}
