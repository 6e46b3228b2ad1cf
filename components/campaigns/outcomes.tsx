import { Ban, CircleHelp, CircleX, Clock, type LucideIcon } from 'lucide-react';
import { formatCount, formatShare } from '@/components/ui/numbers';
import type { Campaign } from '@/lib/campaigns/schema';
import { RetryButton } from './retry-button';

interface Outcome {
  word: string;
  count: number;
  icon: LucideIcon;
  className: string;
  meaning: string;
  retry?: 'failed' | 'unconfirmed';
}

/** Where everybody else is who was not sent to; with Sent these add up to all recipients. */
export function Outcomes({ campaign }: { campaign: Campaign }) {
  return (
    <section aria-labelledby="outcomes">
      <h2 id="outcomes" className="mb-2 font-semibold">
        Everyone else
      </h2>
      <dl className="divide-y overflow-hidden rounded-lg border bg-surface">
        {outcomesOf(campaign).map(({ word, count, icon: Icon, className, meaning, retry }) => (
          <div key={word} className="grid grid-cols-[1fr_auto] gap-x-4 px-4 py-3">
            <dt className="flex items-center gap-2 font-medium">
              <Icon aria-hidden className={`size-4 ${className}`} />
              {word}
            </dt>
            <dd className="text-end font-medium">
              {formatCount(count)}
              <span className="ms-2 inline-block min-w-14 font-normal text-muted">
                {formatShare(count, campaign.total_recipients)}
              </span>
            </dd>
            <dd className="col-span-2 max-w-[70ch] text-muted">
              {meaning}
              {retry && (
                <div>
                  <RetryButton campaign={campaign} kind={retry} />
                </div>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function outcomesOf(campaign: Campaign): Outcome[] {
  const isOver = campaign.status === 'stopped';
  return [
    {
      word: isOver ? 'Never sent' : 'Waiting',
      count: campaign.pending,
      icon: Clock,
      className: 'text-muted',
      meaning: isOver
        ? 'Left when the campaign was stopped.'
        : 'In the queue, or on their way to WhatsApp right now.',
    },
    {
      word: 'Failed',
      count: campaign.failed,
      icon: CircleX,
      className: 'text-danger',
      meaning: 'WhatsApp refused them; each has its reason below.',
      retry: 'failed',
    },
    {
      word: 'Skipped',
      count: campaign.skipped,
      icon: Ban,
      className: 'text-muted',
      meaning: 'On the do-not-contact list.',
    },
    {
      word: 'Unconfirmed',
      count: campaign.unconfirmed,
      icon: CircleHelp,
      className: 'text-warn',
      retry: 'unconfirmed',
      meaning:
        campaign.unconfirmed_policy === 'ask'
          ? 'The request went out, but the answer was lost: they may have arrived. A report from WhatsApp settles them; they are never sent again by themselves.'
          : 'The request went out, but the answer was lost. Those still silent after 15 minutes are sent again, as this campaign is set to.',
    },
  ];
}
