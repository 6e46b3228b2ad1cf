import { countOf, formatCount, formatShare } from '@/components/ui/numbers';
import { peopleOf } from '@/lib/variants/people';
import type { Variant } from '@/lib/variants/schema';

interface VariantTableProps {
  variants: readonly Variant[];
  /** The chosen one. */
  winner: string | null;
}

/** How far each message came. */
export function VariantTable({ variants, winner }: VariantTableProps) {
  return (
    <div className="overflow-hidden rounded-lg border bg-surface">
      <table className="w-full">
        <caption className="sr-only">How far each message came</caption>
        <thead className="text-muted">
          <tr>
            <th scope="col" className="px-3 py-2 text-start font-normal md:px-4">
              Message
            </th>
            <th scope="col" className="hidden px-2 py-2 text-end font-normal md:table-cell print:table-cell">
              Sent
            </th>
            <th scope="col" className="px-1 py-2 text-end font-normal md:px-2">
              Delivered
            </th>
            <th scope="col" className="px-1 py-2 text-end font-normal md:px-2">
              Read
            </th>
            <th scope="col" className="px-3 py-2 text-end font-normal md:px-4">
              Replied
            </th>
          </tr>
        </thead>
        <tbody>
          {variants.map((variant) => (
            <tr key={variant.key} className="border-t align-top">
              <th scope="row" className="px-3 py-2 text-start font-normal md:px-4">
                <span className="font-semibold">{variant.key}</span>{' '}
                <span className="break-all">{variant.template_name}</span>
                <span className="block text-muted">
                  {countOf(peopleOf(variant), 'person', 'people')}
                  {variant.key === winner && ', chosen'}
                </span>
              </th>
              <td className="hidden px-2 py-2 text-end md:table-cell print:table-cell">
                {formatCount(variant.sent)}
                <span className="block text-muted">{countOf(variant.failed, 'failure')}</span>
              </td>
              <Stage count={variant.delivered} of={variant.sent} />
              <Stage count={variant.read} of={variant.delivered} />
              <Stage count={variant.replied} of={variant.delivered} className="px-3 md:px-4" />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Stage({ count, of, className = 'px-1 md:px-2' }: { count: number; of: number; className?: string }) {
  return (
    <td className={`py-2 text-end ${className}`}>
      {formatShare(count, of)}
      <span className="block text-muted">{formatCount(count)}</span>
    </td>
  );
}
