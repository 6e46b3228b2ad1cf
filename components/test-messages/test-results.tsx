'use client';

import { useQuery } from '@tanstack/react-query';
import { messageOf } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import { WorkersBanner } from '@/components/layout/workers-banner';
import { RecipientStatusLabel, recipientStatusWord } from '@/components/recipients/recipient-status';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import type { Campaign } from '@/lib/campaigns/schema';
import type { Recipient } from '@/lib/recipients/schema';
import type { RecipientStatus } from '@/lib/recipients/status';
import { fetchTestRun, type TestRun } from './api';

const POLL_MS = 1_000;
/** Reports on a phone that is off may come tomorrow: asked ever more rarely then. */
const RARE_POLL_MS = 5_000;
const SOON_MS = 60_000;

interface TestResultsProps {
  campaignId: string;
  onAgain: () => void;
  onDone: () => void;
}

/** What became of each test message, as it happens. */
export function TestResults({ campaignId, onAgain, onDone }: TestResultsProps) {
  const run = useQuery({
    queryKey: queryKeys.testRun(campaignId),
    queryFn: ({ signal }) => fetchTestRun(campaignId, signal),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (data ? nextPoll(data) : POLL_MS),
  });
  return (
    <div className="space-y-4">
      {run.isError && (
        <Banner look="warn" title="The results cannot be read at the moment" role="alert">
          {messageOf(run.error)}
        </Banner>
      )}
      {run.data ? <Outcome run={run.data} /> : <Skeleton className="h-16" />}
      <div className="flex flex-col-reverse gap-2 md:flex-row md:justify-end">
        <Button onClick={onAgain}>Send another</Button>
        <Button look="primary" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  );
}

function Outcome({ run: { campaign, recipients } }: { run: TestRun }) {
  return (
    <>
      {campaign.sandbox && (
        <Banner look="sandbox" title="Sandbox sender">
          The built-in stand-in for WhatsApp takes these; nothing reaches a real phone.
        </Banner>
      )}
      {campaign.status === 'paused' && campaign.paused_reason && (
        <Banner look="warn" title="Herald stopped this test" role="alert">
          {campaign.paused_reason}
        </Banner>
      )}
      {campaign.status === 'active' && <WorkersBanner workers={null} />}
      <ul className="divide-y rounded-lg border">
        {recipients.map((recipient) => (
          <Row key={recipient.id} recipient={recipient} status={shownStatus(recipient.status, campaign)} />
        ))}
      </ul>
      <p role="status" className="sr-only">
        {recipients
          .map(({ to, status }) => `${to}: ${recipientStatusWord(shownStatus(status, campaign))}`)
          .join('. ')}
      </p>
    </>
  );
}

function Row({ recipient, status }: { recipient: Recipient; status: RecipientStatus }) {
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <span dir="ltr">{recipient.to}</span>
        <RecipientStatusLabel status={status} />
      </div>
      <Explanation recipient={recipient} />
    </li>
  );
}

function Explanation({ recipient }: { recipient: Recipient }) {
  const { status, error_code: code, error_message: message, error_remedy: remedy } = recipient;
  if (status === 'skipped') return <p className="mt-1 text-muted">On the do-not-contact list.</p>;
  if (status === 'unconfirmed')
    return (
      <p className="mt-1 text-muted">
        It may have arrived: the answer was lost. Look at the phone; a report still settles it.
      </p>
    );
  // The stored message mostly says the remedy and the code itself.
  const said = message ?? (code === null ? null : `WhatsApp refused it (code ${code}).`);
  if (said === null) return null;
  return (
    <div dir="auto" className="mt-1 break-words">
      <p>{said}</p>
      {remedy && !said.includes(remedy) && <p className="text-muted">{remedy}</p>}
    </div>
  );
}

/** A person waits for their phone: from their side queued is being sent, unless the test was paused. */
function shownStatus(status: RecipientStatus, campaign: Campaign): RecipientStatus {
  return status === 'pending' && campaign.status === 'active' ? 'sending' : status;
}

/** ms until it is worth asking again; false once nothing more can come. */
function nextPoll({ campaign, recipients }: TestRun): number | false {
  if (recipients.every(({ status }) => ['read', 'failed', 'skipped'].includes(status))) return false;
  const isSoon = Date.now() - Date.parse(campaign.created_at) < SOON_MS;
  return isSoon ? POLL_MS : RARE_POLL_MS;
}
