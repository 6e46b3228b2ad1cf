import type { Campaign } from '@/lib/campaigns/schema';
import { compareVariants } from '@/lib/variants/compare';
import { DECIDE_BY } from '@/lib/variants/keys';
import { comparisonWords, MEASURE_WORDS } from './words';

/** What the numbers prove, and what they do not. */
export function ComparisonList({ variants, holdback }: Pick<Campaign, 'variants' | 'holdback'>) {
  const compared = holdback?.decision?.variants ?? variants ?? [];
  return (
    <div className="space-y-2">
      <dl className="space-y-1">
        {DECIDE_BY.map((measure) => (
          <div key={measure} className="md:flex md:gap-3">
            <dt className="font-medium md:w-24 md:shrink-0">{MEASURE_WORDS[measure]}</dt>
            <dd className="max-w-[80ch]">
              {comparisonWords(compareVariants(compared, measure)).map((sentence) => (
                <p key={sentence}>{sentence}</p>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className="max-w-[80ch] text-muted">
        Points are percentage points; “likely” is 95 times of 100.
        {compared.length > 2 && ' With several messages each comparison is held to a stricter measure.'} Some
        people switch read receipts off, in every group alike.
        {holdback?.decision &&
          ' These are the numbers at the moment of the choice: those who got their message afterwards are no fair comparison.'}
      </p>
    </div>
  );
}
