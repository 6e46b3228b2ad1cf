import Link from 'next/link';
import { formatCount } from '@/components/ui/numbers';
import type { CostLine, CostSum } from '@/lib/costs/schema';

/** What is in no total, by name and number. */
export function Unknown({ sum }: { sum: CostSum }) {
  const lines = sum.lines.filter(({ billable, amount }) => billable && amount === null);
  return (
    <p className="max-w-[70ch] text-warn">
      Not in the total, and not guessed: {lines.map(unknownWords).join(', ')}.{' '}
      <Link href="/settings/rates" className="underline print:hidden">
        Add rates
      </Link>
    </p>
  );
}

function unknownWords({ country_name: country, messages }: CostLine): string {
  return `${country} (${formatCount(messages)})`;
}
