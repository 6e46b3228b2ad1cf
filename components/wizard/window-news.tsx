import { LocalTime } from '@/components/ui/local-time';
import { formatCount } from '@/components/ui/numbers';
import type { SendWindow } from '@/lib/send-window/schema';
import { windowWords } from '@/lib/send-window/words';
import { countryName } from './countries';
import { waitingSum, type WaitingPlace } from './use-openings';

/** Named one by one; the rest as a sum. */
const NAMED = 6;

interface WindowNewsProps {
  window: SendWindow;
  /** null: not known yet. */
  places: readonly WaitingPlace[] | null;
  /** Whether it is about a planned start and not about now. */
  isPlanned: boolean;
}

/** Who would wait for the sender's window, and until when. */
export function WindowNews({ window, places, isPlanned }: WindowNewsProps) {
  const waiting = waitingSum(places);
  const named = places?.slice(0, NAMED) ?? [];
  const rest = waitingSum(places?.slice(NAMED) ?? []);
  return (
    <section aria-labelledby="window-heading">
      <h3 id="window-heading" className="mb-2 font-medium">
        Send window
      </h3>
      <div className="overflow-hidden rounded-lg border bg-surface">
        <p className="px-4 py-3" role="status">
          Open {windowWords(window)}, by the clocks where people are.{' '}
          {places && (
            <strong className="font-semibold">{newsWords(waiting, isPlanned ? 'then' : 'now')}</strong>
          )}
        </p>
        {named.length > 0 && (
          <table className="w-full border-t">
            <thead className="sr-only">
              <tr>
                <th scope="col">Country</th>
                <th scope="col">People who wait</th>
                <th scope="col">Sent from</th>
              </tr>
            </thead>
            <tbody>
              {named.map(({ country, count, until, localTime }) => (
                <tr key={country ?? 'none'} className="align-top">
                  <th scope="row" className="px-4 py-1.5 text-start font-normal">
                    {countryName(country)}
                  </th>
                  <td className="px-4 py-1.5 text-end">{formatCount(count)}</td>
                  <td className="px-4 py-1.5 text-end text-muted">
                    {until && (
                      <>
                        from <LocalTime value={until} />
                        {localTime && ` (${localTime} there)`}
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {rest > 0 && <p className="px-4 py-1.5 text-muted">and {formatCount(rest)} in other countries</p>}
      </div>
    </section>
  );
}

function newsWords(waiting: number, when: string): string {
  if (waiting === 0) return `It is open ${when} for everybody.`;
  return `${formatCount(waiting)} ${waiting === 1 ? 'is' : 'are'} outside it ${when} and ${waiting === 1 ? 'waits' : 'wait'}.`;
}
