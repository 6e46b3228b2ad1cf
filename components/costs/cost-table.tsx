import { formatCount } from '@/components/ui/numbers';
import { moneyWords } from '@/lib/costs/money';
import type { CostLine, CostSum } from '@/lib/costs/schema';
import { categoryWord, noAmountWord } from './words';

interface CostTableProps {
  sum: CostSum;
  /** Of what these lines are, for who cannot see where they stand. */
  caption: string;
  /** At most so many lines. */
  limit?: number;
}

/** Country by country: messages × price = amount; what has no amount says why. */
export function CostTable({ sum, caption, limit }: CostTableProps) {
  return (
    <div className="overflow-hidden rounded-lg border bg-surface">
      <table className="w-full">
        <caption className="sr-only">{caption}</caption>
        <thead className="text-muted">
          <tr>
            <th scope="col" className="px-4 py-2 text-start font-normal">
              Country
            </th>
            <th scope="col" className="px-2 py-2 text-end font-normal">
              Messages
            </th>
            <th scope="col" className="hidden px-2 py-2 text-end font-normal md:table-cell print:table-cell">
              Each
            </th>
            <th scope="col" className="px-4 py-2 text-end font-normal">
              Amount
            </th>
          </tr>
        </thead>
        <tbody>
          {sum.lines.slice(0, limit).map((line) => (
            <Line key={[line.country_name, line.category, line.type, line.no_amount].join(' ')} line={line} />
          ))}
          {sum.totals.map((total) => (
            <tr key={total.currency} className="border-t font-semibold">
              <th scope="row" className="px-4 py-2 text-start whitespace-nowrap">
                Total{sum.totals.length > 1 && ` in ${total.currency}`}
              </th>
              <td />
              <td className="hidden md:table-cell print:table-cell" />
              <td dir="ltr" className="px-4 py-2 text-end whitespace-nowrap">
                {moneyWords(total)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Line({ line }: { line: CostLine }) {
  const { country_name: country, category, messages, rate, amount } = line;
  return (
    <tr className="border-t align-top">
      <th scope="row" className="min-w-32 px-4 py-1.5 text-start font-normal">
        {country}
        <span className="block text-muted">{categoryWord(category)}</span>
      </th>
      <td className="px-2 py-1.5 text-end">{formatCount(messages)}</td>
      <td dir="ltr" className="hidden px-2 py-1.5 text-end whitespace-nowrap md:table-cell print:table-cell">
        {rate ? moneyWords(rate) : '–'}
      </td>
      <td className="px-4 py-1.5 text-end">
        {rate && amount !== null ? (
          <span dir="ltr" className="whitespace-nowrap">
            {moneyWords({ currency: rate.currency, amount })}
          </span>
        ) : (
          <span className="text-muted">{noAmountWord(line)}</span>
        )}
      </td>
    </tr>
  );
}
