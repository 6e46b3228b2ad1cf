import { formatCount, formatShare } from '@/components/ui/numbers';
import type { Campaign } from '@/lib/campaigns/schema';
import type { FailureGroup } from '@/lib/recipients/schema';
import { Section } from './section';

interface FailuresSectionProps {
  campaign: Campaign;
  failures: readonly FailureGroup[];
}

/** Who was not reached, by cause, and what helps. */
export function FailuresSection({ campaign, failures }: FailuresSectionProps) {
  return (
    <Section id="failures" title="Failures by cause">
      {failures.length === 0 && <p className="text-muted">Nobody failed.</p>}
      <ul className="divide-y">
        {failures.map(({ error_code: code, count, meaning, remedy }) => (
          <li key={code} className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-4 py-2">
            <p className="font-semibold">
              {formatCount(count)}
              <span className="block font-normal text-muted">
                {formatShare(count, campaign.total_recipients)}
              </span>
            </p>
            <div>
              <p className="font-medium">
                {meaning}
                {code !== null && !meaning.includes(String(code)) && (
                  <span className="ms-2 font-normal text-muted">Code {code}</span>
                )}
              </p>
              <p className="text-muted">{remedy}</p>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
