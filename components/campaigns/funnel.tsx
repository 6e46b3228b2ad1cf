import { Bar } from '@/components/ui/bar';
import { formatCount, formatShare } from '@/components/ui/numbers';
import type { Campaign } from '@/lib/campaigns/schema';
import { FollowUpButton } from './follow-up-button';

/** How far the messages came: each stage with its count and its share of the one before. */
export function Funnel({ campaign }: { campaign: Campaign }) {
  const stages = [
    { word: 'Queued', count: campaign.total_recipients, of: null, note: 'recipients' },
    { word: 'Sent', count: campaign.sent, of: campaign.total_recipients, note: 'of queued' },
    { word: 'Delivered', count: campaign.delivered, of: campaign.sent, note: 'of sent' },
    { word: 'Read', count: campaign.read, of: campaign.delivered, note: 'of delivered' },
  ];
  const total = Math.max(campaign.total_recipients, 1);
  return (
    <section aria-labelledby="funnel">
      <h2 id="funnel" className="sr-only">
        How far the messages came
      </h2>
      <ol className="grid grid-cols-2 overflow-hidden rounded-lg border bg-surface lg:grid-cols-4">
        {stages.map(({ word, count, of, note }) => (
          <li
            key={word}
            className="border-line p-4 not-first:lg:border-s even:border-s [&:nth-child(n+3)]:border-t lg:[&:nth-child(n+3)]:border-t-0"
          >
            <p className="text-muted">{word}</p>
            <p className="mt-1 text-2xl font-semibold tracking-tight md:text-3xl">{formatCount(count)}</p>
            <p className="mt-1 text-muted">{of === null ? note : `${formatShare(count, of)} ${note}`}</p>
            <Bar className="mt-3" parts={[{ share: Math.min(count / total, 1), className: 'fill-bar' }]} />
          </li>
        ))}
      </ol>
      <div className="mt-2 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p className="max-w-[80ch] text-muted">
          More people may have read it than is counted: some switch read receipts off.
        </p>
        <div className="max-md:w-full max-md:[&>button]:w-full print:hidden">
          <FollowUpButton campaign={campaign} />
        </div>
      </div>
    </section>
  );
}
