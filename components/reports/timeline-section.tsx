import { eventWords } from '@/components/campaigns/event-words';
import { LocalTime } from '@/components/ui/local-time';
import type { CampaignTimeline } from '@/lib/campaigns/timeline-schema';
import { Section } from './section';

/** Who did what, from the beginning on. */
export function TimelineSection({ timeline: { events, next_cursor: more } }: { timeline: CampaignTimeline }) {
  return (
    <Section id="timeline" title="Timeline">
      {more !== null && <p className="text-muted">The latest {events.length} entries.</p>}
      <ol className="divide-y">
        {events.toReversed().map((event) => (
          <li key={event.id} className="flex flex-wrap justify-between gap-x-6 py-1.5">
            <p className="min-w-0 break-words">
              <bdi className="font-medium">{event.user?.name ?? 'Herald'}</bdi> {eventWords(event)}
            </p>
            <p className="text-muted">
              <LocalTime value={event.at} />
            </p>
          </li>
        ))}
      </ol>
    </Section>
  );
}
