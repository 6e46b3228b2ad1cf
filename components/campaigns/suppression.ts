import { countOf, formatCount } from '@/components/ui/numbers';
import type { FailureGroup } from '@/lib/recipients/schema';

/**
 * How far a cause's numbers are on the do-not-contact list, in words, and how many are still to be added (pure).
 * `count` failed for it; of a very large cause only the first ones are looked up: the others may be on it or not.
 */
export function suppressionOf(
  count: number,
  { looked_up: lookedUp, on_list: onList, complete }: NonNullable<FailureGroup['suppression']>,
): { done: string; left: number } {
  const left = complete ? lookedUp - onList : count;
  if (onList === 0) return { done: '', left };
  const of = complete
    ? countOf(onList, 'number')
    : `${formatCount(onList)} of the first ${countOf(lookedUp, 'number')}`;
  return { done: `${of} on the do-not-contact list.`, left };
}
