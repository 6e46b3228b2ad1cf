import Link from 'next/link';
import { cn } from '@/components/ui/class-names';
import { formatCount } from '@/components/ui/numbers';
import type { CostLine, CostSum } from '@/lib/costs/schema';

/** What is in no total, by name and number: a warning where there is a total that lacks it. */
export function Unknown({ sum }: { sum: CostSum }) {
  const lines = sum.lines.filter(({ billable, amount }) => billable && amount === null);
  const hasTotal = sum.totals.length > 0;
  return (
    <p className={cn('max-w-[70ch]', hasTotal ? 'text-warn' : 'text-muted')}>
      {hasTotal ? 'Not in the total, and not guessed: ' : 'There is no rate for '}
      {lines.map(unknownWords).join(', ')}.{' '}
      <Link href="/settings/rates" className="underline print:hidden">
        Add rates
      </Link>
    </p>
  );
}

function unknownWords({ country_name: country, messages }: CostLine): string {
  return `${country} (${formatCount(messages)})`;
}
