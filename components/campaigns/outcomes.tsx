import { Ban, CircleHelp, CircleX, Clock, type LucideIcon } from 'lucide-react';
import { formatCount, formatShare } from '@/components/ui/numbers';
import type { Campaign } from '@/lib/campaigns/schema';
import type { RecipientStatus } from '@/lib/recipients/status';

interface Outcome {
  word: string;
  status: RecipientStatus;
  count: number;
  icon: LucideIcon;
  className: string;
  meaning: string;
}

interface OutcomesProps {
  campaign: Campaign;
  /** Shows these in the list of recipients. */
  onShow: (status: RecipientStatus) => void;
}

/** Where everybody else is who was not sent to; with Sent these add up to all recipients. */
export function Outcomes({ campaign, onShow }: OutcomesProps) {
  return (
    <section aria-labelledby="outcomes">
      <h2 id="outcomes" className="mb-2 font-semibold">
        Everyone else
      </h2>
      <dl className="divide-y overflow-hidden rounded-lg border bg-surface">
        {outcomesOf(campaign).map(({ word, status, count, icon: Icon, className, meaning }) => (
          <div key={word} className="relative grid grid-cols-[1fr_auto] gap-x-4 px-4 py-3 hover:bg-sunken">
            <dt className="font-medium">
              <button
                type="button"
                onClick={() => onShow(status)}
                className="flex items-center gap-2 text-start after:absolute after:inset-0"
              >
                <Icon aria-hidden className={`size-4 ${className}`} />
                {word}
              </button>
            </dt>
            <dd className="text-end font-medium">
              {formatCount(count)}
              <span className="ms-2 inline-block min-w-14 font-normal text-muted">
                {formatShare(count, campaign.total_recipients)}
              </span>
            </dd>
            <dd className="col-span-2 max-w-[70ch] text-muted">{meaning}</dd>
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
      status: 'pending',
      count: campaign.pending,
      icon: Clock,
      className: 'text-muted',
      meaning: isOver
        ? 'Left when the campaign was stopped.'
        : 'In the queue, waiting for their time, or on their way to WhatsApp right now.',
    },
    {
      word: 'Failed',
      status: 'failed',
      count: campaign.failed,
      icon: CircleX,
      className: 'text-danger',
      meaning: 'WhatsApp refused them, or reported that they could not be delivered.',
    },
    {
      word: 'Skipped',
      status: 'skipped',
      count: campaign.skipped,
      icon: Ban,
      className: 'text-muted',
      meaning: 'On the do-not-contact list.',
    },
    {
      word: 'Unconfirmed',
      status: 'unconfirmed',
      count: campaign.unconfirmed,
      icon: CircleHelp,
      className: 'text-warn',
      meaning: 'The answer was lost: they may have arrived.',
    },
  ];
}
