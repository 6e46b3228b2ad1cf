import { LocalTime } from '@/components/ui/local-time';
import type { ContactEvent } from '@/lib/contacts/schema';
import { SOURCE_WORDS } from '@/lib/opt-outs/sources';

/** Who changed what on the do-not-contact list for one number. */
export function ContactHistory({ events }: { events: readonly ContactEvent[] }) {
  return (
    <section aria-labelledby="history" className="space-y-3">
      <h2 id="history" className="font-semibold">
        History
      </h2>
      {events.length === 0 ? (
        <p className="text-muted">This number was never put on the list by hand, by STOP or by WhatsApp.</p>
      ) : (
        <ol className="divide-y rounded-lg border bg-surface">
          {events.map((event) => (
            <li key={`${event.at} ${event.kind}`} className="px-4 py-3">
              <p className="font-medium">{titleOf(event)}</p>
              {event.reason && (
                <p dir="auto" className="max-w-[70ch] break-words">
                  {event.reason}
                </p>
              )}
              {event.was && (
                <p dir="auto" className="max-w-[70ch] break-words text-muted">
                  It was on it since <LocalTime value={event.was.created_at} />:{' '}
                  {SOURCE_WORDS[event.was.source].word}, {event.was.reason}
                </p>
              )}
              <p className="text-muted">
                <LocalTime value={event.at} />, <span dir="auto">{event.by ?? 'by Herald itself'}</span>
              </p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function titleOf({ kind, source }: ContactEvent): string {
  if (kind === 'contact_erased') return 'Erased';
  if (kind === 'opt_out_removed') return 'Taken off the do-not-contact list';
  const how = source
    ? `: ${SOURCE_WORDS[source].word.toLowerCase().replace('stop', 'STOP').replace('whatsapp', 'WhatsApp')}`
    : '';
  return `Put on the do-not-contact list${how}`;
}
