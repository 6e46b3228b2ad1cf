import type { Campaign } from '@/lib/campaigns/schema';
import { Choice } from './choice';
import { ComparisonList } from './comparison-list';
import { VariantTable } from './variant-table';

/** The messages of a test against each other; nothing for a campaign with one message. */
export function Variants({ campaign }: { campaign: Campaign }) {
  const { variants, holdback } = campaign;
  if (!variants) return null;
  return (
    <section aria-labelledby="variants" className="space-y-3">
      <h2 id="variants" className="font-semibold">
        Messages compared
      </h2>
      <VariantTable variants={variants} winner={holdback?.winner ?? null} />
      {holdback && <Choice campaign={campaign} holdback={holdback} variants={variants} />}
      <ComparisonList variants={variants} holdback={holdback} />
    </section>
  );
}
