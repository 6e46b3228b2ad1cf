import { costLine } from '@/components/costs/cost-words';
import { CostTable } from '@/components/costs/cost-table';
import { Unknown } from '@/components/costs/unknown';
import { countOf } from '@/components/ui/numbers';
import { moneyWords } from '@/lib/costs/money';
import type { CampaignCost, CostSum } from '@/lib/costs/schema';
import { Section } from './section';

/** By country what WhatsApp has priced, beside what was expected. */
export function CostSection({ cost: { actual, estimate, sandbox } }: { cost: CampaignCost }) {
  const isPriced = actual.lines.length > 0;
  const sum = isPriced ? actual : estimate;
  return (
    <Section id="cost" title="Countries and cost">
      {sandbox && <p className="text-muted">The sender is on the sandbox: nobody is billed.</p>}
      <dl className="max-w-md divide-y">
        <Total word="Expected, if all were delivered" sum={estimate} />
        <Total word="Priced by WhatsApp so far" sum={actual} />
      </dl>
      {isPriced && <p>{sentence(costLine(actual))}</p>}
      {sum.unknown > 0 && <Unknown sum={sum} />}
      {actual.without_pricing > 0 && (
        <p className="text-muted">
          Of {countOf(actual.without_pricing, 'delivered message')} WhatsApp has not said the price.
        </p>
      )}
      {sum.lines.length > 0 && (
        <CostTable
          sum={sum}
          caption={isPriced ? 'What WhatsApp has priced, by country' : 'What it will cost, by country'}
        />
      )}
      <p className="text-muted">
        By the account’s own rates in force on {sum.on} (UTC). Volume tiers are not part of it: WhatsApp’s own
        invoice decides.
      </p>
    </Section>
  );
}

function Total({ word, sum }: { word: string; sum: CostSum }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4 py-1.5">
      <dt className="text-muted">{word}</dt>
      <dd dir="ltr" className="ms-auto font-medium">
        {sum.totals.length > 0 ? sum.totals.map(moneyWords).join(' + ') : 'Not known'}
      </dd>
    </div>
  );
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
