import Link from 'next/link';
import type { ReactNode } from 'react';
import { RecipientStatusLabel } from '@/components/recipients/recipient-status';
import { LocalTime } from '@/components/ui/local-time';
import type { ContactCampaign } from '@/lib/contacts/schema';
import { originWords } from './origin-words';

interface ContactCampaignsProps {
  campaigns: readonly ContactCampaign[];
  /** There are older campaigns to look through. */
  hasMore: boolean;
}

/** The campaigns a number was in, and how far each message came. */
export function ContactCampaigns({ campaigns, hasMore }: ContactCampaignsProps) {
  return (
    <section aria-labelledby="campaigns" className="space-y-3">
      <h2 id="campaigns" className="font-semibold">
        Campaigns
      </h2>
      {campaigns.length === 0 ? (
        <p className="text-muted">
          {hasMore
            ? 'This number was in none of the newest campaigns.'
            : 'No campaign has this number in its list.'}
        </p>
      ) : (
        <>
          <Table campaigns={campaigns} />
          <Cards campaigns={campaigns} />
        </>
      )}
    </section>
  );
}

function Table({ campaigns }: { campaigns: readonly ContactCampaign[] }) {
  return (
    <div className="hidden overflow-hidden rounded-lg border bg-surface md:block">
      <table className="w-full table-fixed border-collapse">
        <caption className="sr-only">Campaigns this number was in, newest first</caption>
        <thead className="border-b text-muted">
          <tr className="[&>th]:px-4 [&>th]:py-2.5 [&>th]:text-start [&>th]:font-medium">
            <th scope="col">Campaign</th>
            <th scope="col" className="w-40">
              Status
            </th>
            <th scope="col" className="w-44">
              Sent
            </th>
            <th scope="col" className="w-44">
              Delivered
            </th>
            <th scope="col" className="w-44">
              Read
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {campaigns.map((campaign) => (
            <tr key={campaign.campaign_id} className="align-top [&>td]:px-4 [&>td]:py-2.5">
              <td className="break-words">
                <CampaignLink campaign={campaign} />
                <Origin campaign={campaign} />
                <Fault campaign={campaign} />
              </td>
              <td>
                <RecipientStatusLabel status={campaign.status} />
              </td>
              {[campaign.sent_at, campaign.delivered_at, campaign.read_at].map((time, i) => (
                <td key={i} className="text-muted">
                  {time ? <LocalTime value={time} /> : <span aria-label="not yet">–</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cards({ campaigns }: { campaigns: readonly ContactCampaign[] }) {
  return (
    <ul aria-label="Campaigns this number was in, newest first" className="space-y-3 md:hidden">
      {campaigns.map((campaign) => (
        <li key={campaign.campaign_id} className="rounded-lg border bg-surface p-4">
          <div className="flex items-start justify-between gap-3">
            <CampaignLink campaign={campaign} />
            <RecipientStatusLabel status={campaign.status} />
          </div>
          <Origin campaign={campaign} />
          <Fault campaign={campaign} />
          <dl className="mt-2 space-y-0.5 text-muted">
            <Fact word="Sent" time={campaign.sent_at} />
            <Fact word="Delivered" time={campaign.delivered_at} />
            <Fact word="Read" time={campaign.read_at} />
          </dl>
        </li>
      ))}
    </ul>
  );
}

function Fact({ word, time }: { word: string; time: string | null }): ReactNode {
  if (time === null) return null;
  return (
    <div className="flex justify-between gap-4">
      <dt>{word}</dt>
      <dd>
        <LocalTime value={time} />
      </dd>
    </div>
  );
}

function CampaignLink({ campaign }: { campaign: ContactCampaign }) {
  return (
    <span className="min-w-0">
      <Link
        href={`/campaigns/${campaign.campaign_id}`}
        dir="auto"
        className="font-medium break-words underline decoration-line-strong underline-offset-2 hover:decoration-current"
      >
        {campaign.name}
      </Link>
      {campaign.is_test && <span className="text-muted"> (test)</span>}
    </span>
  );
}

/** How the number came into it, and who vouched for its consent. */
function Origin({ campaign }: { campaign: ContactCampaign }) {
  const words = originWords(campaign);
  if (!words) return null;
  return (
    <span dir="auto" className="mt-0.5 block break-words text-muted">
      {words}
    </span>
  );
}

function Fault({ campaign }: { campaign: ContactCampaign }) {
  const words =
    campaign.status === 'skipped'
      ? 'On the do-not-contact list when its turn came.'
      : campaign.status === 'failed'
        ? [
            `${campaign.error_message ?? 'Refused by WhatsApp'}${campaign.error_code === null ? '' : ` (${campaign.error_code})`}`,
            campaign.error_remedy,
          ]
            .filter(Boolean)
            .join(' – ')
        : null;
  if (!words) return null;
  return (
    <span dir="auto" className="mt-0.5 block text-muted">
      {words}
    </span>
  );
}
