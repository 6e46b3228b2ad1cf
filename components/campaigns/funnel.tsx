import { ShieldQuestion } from 'lucide-react';
import { Bar } from '@/components/ui/bar';
import { countOf, formatCount, formatShare } from '@/components/ui/numbers';
import type { Campaign } from '@/lib/campaigns/schema';
import { FollowUpButton } from './follow-up-button';

/** How far the messages came: each stage with its count and its share of the one before. */
export function Funnel({ campaign }: { campaign: Campaign }) {
  const stages = [
    { word: 'Queued', count: campaign.total_recipients, of: null, note: 'recipients' },
    { word: 'Sent', count: campaign.sent, of: campaign.total_recipients, note: 'of queued' },
    { word: 'Delivered', count: campaign.delivered, of: campaign.sent, note: 'of sent' },
    { word: 'Read', count: campaign.read, of: campaign.delivered, note: 'of delivered' },
    ...(campaign.track_clicks
      ? [{ word: 'Clicked', count: campaign.clicked, of: campaign.read, note: 'of read' }]
      : []),
    { word: 'Replied', count: campaign.replied, of: campaign.read, note: 'of read' },
  ];
  const said = whatWasDone(campaign);
  const total = Math.max(campaign.total_recipients, 1);
  return (
    <section aria-labelledby="funnel">
      <h2 id="funnel" className="sr-only">
        How far the messages came
      </h2>
      <ol
        className={`grid grid-cols-2 overflow-hidden rounded-lg border bg-surface ${campaign.track_clicks ? 'lg:grid-cols-6' : 'lg:grid-cols-5'}`}
      >
        {stages.map(({ word, count, of, note }) => (
          <li
            key={word}
            className="border-line p-4 not-first:lg:border-s even:border-s [&:nth-child(n+3)]:border-t max-lg:last:odd:col-span-2 lg:[&:nth-child(n+3)]:border-t-0"
          >
            <p className="text-muted">{word}</p>
            <p className="mt-1 text-2xl font-semibold tracking-tight md:text-3xl">{formatCount(count)}</p>
            <p className="mt-1 text-muted">{of === null ? note : `${formatShare(count, of)} ${note}`}</p>
            <Bar className="mt-3" parts={[{ share: Math.min(count / total, 1), className: 'fill-bar' }]} />
          </li>
        ))}
      </ol>
      {campaign.held > 0 && <HeldNote count={campaign.held} />}
      <div className="mt-2 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p className="max-w-[80ch] text-muted">
          More people may have read it than is counted: some switch read receipts off.{said && ` ${said}`}
        </p>
        <div className="max-md:w-full max-md:[&>button]:w-full print:hidden">
          <FollowUpButton campaign={campaign} />
        </div>
      </div>
    </section>
  );
}

/** Of the sent ones; each is settled by what WhatsApp reports of it. */
function HeldNote({ count }: { count: number }) {
  return (
    <p className="mt-2 flex max-w-[80ch] items-start gap-2">
      <ShieldQuestion aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <span>
        <strong className="font-medium">{formatCount(count)} of the sent are held by WhatsApp.</strong>{' '}
        <span className="text-muted">
          It assesses the template’s quality before it delivers them, mostly within an hour: then it releases
          them, or drops them all and pauses the template.
        </span>
      </span>
    </p>
  );
}

/** What the stages leave out of what people did; null: nothing. */
function whatWasDone({
  opted_out: optedOut,
  track_clicks: tracked,
  clicks,
  clicked,
}: Campaign): string | null {
  const sentences = [
    ...(optedOut > 0 ? [`${formatCount(optedOut)} of those who replied opted out.`] : []),
    ...(tracked && clicks > clicked ? [`${countOf(clicks, 'click')} in all.`] : []),
  ];
  return sentences.length > 0 ? sentences.join(' ') : null;
}
