import { ComparisonList } from '@/components/variants/comparison-list';
import { VariantTable } from '@/components/variants/variant-table';
import type { Campaign } from '@/lib/campaigns/schema';
import { Section } from './section';

/** The messages of a test against each other; nothing for a campaign with one message. */
export function VariantsSection({ campaign: { variants, holdback } }: { campaign: Campaign }) {
  if (!variants) return null;
  return (
    <Section id="variants" title="Messages compared">
      <VariantTable variants={variants} winner={holdback?.winner ?? null} />
      <ComparisonList variants={variants} holdback={holdback} />
    </Section>
  );
}
