import { Button } from '@/components/ui/button';
import { categoryWord } from '@/components/costs/words';
import { moneyWords } from '@/lib/costs/money';
import type { Rate } from '@/lib/costs/schema';
import { ratesOn } from '@/lib/costs/sum';

interface RateRowsProps {
  all: readonly Rate[];
  shown: readonly Rate[];
  today: string;
  onEdit: (rate: Rate) => void;
  onRemove: (rate: Rate) => void;
}

/** Each rate with whether it is in force: a table on a desk, one under the other on a phone. */
export function RateRows({ all, shown, today, onEdit, onRemove }: RateRowsProps) {
  const inForce = new Set<object>(ratesOn(all, today).values());
  return (
    <ul aria-label="Rates" className="divide-y rounded-lg border bg-surface">
      {shown.map((rate) => (
        <li
          key={rate.id}
          className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-1 px-4 py-3 md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)_minmax(0,2fr)_minmax(0,3fr)_auto]"
        >
          <p className="font-medium">{rate.country_name}</p>
          <p className="text-end text-muted md:text-start">{categoryWord(rate.category)}</p>
          <p dir="ltr" className="font-medium md:text-end">
            {moneyWords(rate)}
          </p>
          <p className="text-end text-muted md:text-start">{standingOf(rate, inForce.has(rate), today)}</p>
          <div className="col-span-2 -ms-3 flex md:col-span-1 md:ms-0">
            <Button look="quiet" aria-label={`Change ${nameOf(rate)}`} onClick={() => onEdit(rate)}>
              Change
            </Button>
            <Button look="quiet" aria-label={`Remove ${nameOf(rate)}`} onClick={() => onRemove(rate)}>
              Remove
            </Button>
          </div>
        </li>
      ))}
    </ul>
  );
}

function standingOf({ valid_from: from }: Rate, isInForce: boolean, today: string): string {
  if (isInForce) return `In force since ${from}`;
  return from > today ? `From ${from}` : `Was from ${from}`;
}

function nameOf({ country_name: country, category, valid_from: from }: Rate): string {
  return `the rate of ${country}, ${categoryWord(category).toLowerCase()}, from ${from}`;
}
