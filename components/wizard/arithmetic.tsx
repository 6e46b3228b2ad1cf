import type { AudienceCounts } from '@/components/audience/types';
import { formatCount } from '@/components/ui/numbers';

/** From the rows of the file to the messages that go: a sum that can be checked by eye. */
export function Arithmetic({ counts }: { counts: AudienceCounts }) {
  const lines = [
    ['Rows in the list', counts.total, ''],
    ['Duplicates', counts.duplicate, '−'],
    ['Not valid', counts.invalid, '−'],
    ['A value missing', counts.missing, '−'],
    ['Do not contact', counts.suppressed, '−'],
  ] as const;
  return (
    <section aria-labelledby="sum-heading">
      <h3 id="sum-heading" className="mb-2 font-medium">
        Recipients
      </h3>
      <div className="overflow-hidden rounded-lg border bg-surface">
        <table className="w-full">
          <tbody>
            {lines.map(([word, count, sign]) => (
              <tr key={word} className={sign && count === 0 ? 'text-muted' : undefined}>
                <th scope="row" className="px-4 py-1.5 text-start font-normal">
                  {word}
                </th>
                <td className="px-4 py-1.5 text-end">
                  {sign && `${sign} `}
                  {formatCount(count)}
                </td>
              </tr>
            ))}
            <tr className="border-t text-base font-semibold">
              <th scope="row" className="px-4 py-2 text-start">
                Will be sent
              </th>
              <td className="px-4 py-2 text-end">= {formatCount(counts.willSend)}</td>
            </tr>
          </tbody>
        </table>
      </div>
    </section>
  );
}
