import { Banner } from '@/components/ui/banner';
import { countOf, formatCount } from '@/components/ui/numbers';
import type { CreatedCampaign } from './api';

/** What the server left out of the list, where it was uploaded with such rows. */
export function LeftOut({ created }: { created: CreatedCampaign }) {
  const parts = [
    [created.invalid, 'not valid'],
    [created.duplicates, 'there twice'],
    [created.suppressed, 'on the do-not-contact list'],
  ] as const;
  const leftOut = created.rows - created.imported;
  if (leftOut === 0) return null;
  return (
    <div className="text-start">
      <Banner look="plain" title={`${countOf(leftOut, 'row')} of ${formatCount(created.rows)} left out`}>
        {parts
          .filter(([count]) => count > 0)
          .map(([count, why]) => `${formatCount(count)} ${why}`)
          .join(', ')}
        . The campaign’s page has them with their reasons.
      </Banner>
    </div>
  );
}
