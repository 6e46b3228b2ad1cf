import Link from 'next/link';
import type { ReactNode } from 'react';
import { ownTimeZone } from '@/components/schedule/entry';
import { isSameClock, senderClocksAt, senderClockWords } from '@/components/schedule/sender-clocks';
import { zoneWord } from '@/components/schedule/start-words';
import { LocalTime } from '@/components/ui/local-time';
import { countOf, formatCount } from '@/components/ui/numbers';
import { useIsAlive } from '@/components/ui/use-is-alive';
import type { Campaign } from '@/lib/campaigns/schema';
import { audienceWords } from '@/lib/follow-ups/words';

interface FactsProps {
  campaign: Campaign;
  /** The template's language in English. */
  language: string;
}

/** What the campaign is made of and how it runs. */
export function Facts({ campaign, language }: FactsProps) {
  const { rows, invalid, duplicates, suppressed } = campaign.import;
  return (
    <section aria-labelledby="facts">
      <h2 id="facts" className="mb-2 font-semibold">
        Details
      </h2>
      <dl className="divide-y overflow-hidden rounded-lg border bg-surface">
        <Fact word="Sender">
          <span dir="auto">{campaign.sender_name}</span>
        </Fact>
        <Fact word="Template">
          <span dir="auto">
            {campaign.template_name} · {language}
          </span>
        </Fact>
        <Fact word="Messages a second">at most {formatCount(campaign.rate_limit)}</Fact>
        <Fact word="Requests at once">at most {formatCount(campaign.worker_count)}</Fact>
        {campaign.follows && (
          <Fact word="Follows up">
            <Followed follows={campaign.follows} />
          </Fact>
        )}
        {campaign.list.source && (
          <Fact word="Recipients from">
            <span dir="auto">{listWords(campaign.list)}</span>
          </Fact>
        )}
        <Fact word="Consent">
          {campaign.list.attested ? 'Confirmed by whoever made it' : 'Not confirmed here'}
        </Fact>
        {rows > 0 && <Fact word="Uploaded">{importWords(rows, { invalid, duplicates, suppressed })}</Fact>}
        {campaign.scheduled_at && (
          <Fact word="Scheduled for">
            <LocalTime value={campaign.scheduled_at} />
            {campaign.scheduled_time_zone && `, planned in ${zoneWord(campaign.scheduled_time_zone)}`}
            <SenderTime at={Date.parse(campaign.scheduled_at)} zones={campaign.sender_time_zones} />
          </Fact>
        )}
        <Fact word="Created">
          <LocalTime value={campaign.created_at} />
        </Fact>
        {campaign.started_at && (
          <Fact word="Started">
            <LocalTime value={campaign.started_at} />
          </Fact>
        )}
        {campaign.completed_at && (
          <Fact word="Completed">
            <LocalTime value={campaign.completed_at} />
          </Fact>
        )}
      </dl>
    </section>
  );
}

/** The same by the clocks where the sender is; the time before it is the reader's. */
function SenderTime({ at, zones }: { at: number; zones: readonly string[] }) {
  const isAlive = useIsAlive();
  const clocks = senderClocksAt(at, zones);
  if (clocks.length === 0 || (isAlive && isSameClock(clocks, at, ownTimeZone()))) return null;
  return <span className="block text-muted">Where the sender is: {senderClockWords(clocks)}</span>;
}

/** Whom of which campaign it was made for. */
function Followed({ follows }: { follows: NonNullable<Campaign['follows']> }) {
  const { campaign_id: id, name } = follows;
  return (
    <>
      {name === null ? (
        'A campaign that was deleted'
      ) : (
        <Link href={`/campaigns/${id}`} dir="auto" className="text-accent underline">
          {name}
        </Link>
      )}{' '}
      ({audienceWords(follows)})
    </>
  );
}

function Fact({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4 px-4 py-2.5">
      <dt className="text-muted">{word}</dt>
      <dd className="ms-auto min-w-0 text-end break-words">{children}</dd>
    </div>
  );
}

function listWords({ source, name }: Campaign['list']): string {
  return source === 'file' ? (name ?? 'A file without a name') : 'The API';
}

function importWords(
  rows: number,
  left: { invalid: number; duplicates: number; suppressed: number },
): string {
  const parts = [
    left.invalid > 0 && `${formatCount(left.invalid)} invalid`,
    left.duplicates > 0 && countOf(left.duplicates, 'duplicate'),
    left.suppressed > 0 && `${formatCount(left.suppressed)} on the do-not-contact list`,
  ].filter(Boolean);
  return parts.length > 0 ? `${countOf(rows, 'row')}; left out: ${parts.join(', ')}` : countOf(rows, 'row');
}
