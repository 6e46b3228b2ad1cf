import { Download, List } from 'lucide-react';
import { Button, buttonLook } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { LocalTime } from '@/components/ui/local-time';
import { formatCount, formatShare } from '@/components/ui/numbers';
import type { Campaign } from '@/lib/campaigns/schema';
import type { FailureGroup } from '@/lib/recipients/schema';
import { FollowUpButton } from './follow-up-button';
import { RetryButton } from './retry-button';
import { SuppressButton } from './suppress-button';

interface FailureCauseProps {
  campaign: Campaign;
  group: FailureGroup;
  onShow: (errorCode: number | null) => void;
}

/** One cause of failure. */
export function FailureCause({ campaign, group, onShow }: FailureCauseProps) {
  const { error_code: code, count, meaning, remedy, sample_message: sample } = group;
  const isKnown = code === null || !meaning.includes(String(code));
  return (
    <li className="grid gap-x-6 gap-y-3 p-4 md:grid-cols-[5rem_1fr]">
      <p>
        <span className="text-2xl font-semibold tracking-tight">{formatCount(count)}</span>
        <span className="ms-2 text-muted md:ms-0 md:block">
          {formatShare(count, campaign.total_recipients)}
        </span>
      </p>
      <div className="min-w-0">
        <p className="font-medium">
          {meaning}
          {code !== null && isKnown && <span className="ms-2 font-normal text-muted">Code {code}</span>}
        </p>
        <p className="max-w-[70ch] text-muted">{remedy}</p>
        {!isKnown && (
          <div className="mt-2 flex flex-wrap items-center gap-2">
            <p dir="auto" className="min-w-0 break-words">
              {sample}
            </p>
            <CopyButton value={String(code)} what="error code" />
          </div>
        )}
        <RetryAdvice group={group} />
        <div className="mt-3 flex flex-wrap gap-2 print:hidden">
          {group.retry_ready > 0 && (
            <RetryButton
              campaign={campaign}
              kind="failed"
              count={group.retry_ready}
              errorCodes={[code]}
              verb="Retry"
            >
              <p>
                {meaning} {remedy}
              </p>
            </RetryButton>
          )}
          {code !== null && group.suppression && (
            <SuppressButton
              campaignId={campaign.id}
              errorCode={code}
              count={count}
              suppression={group.suppression}
            />
          )}
          {group.retry_advice !== 'never' && (
            <FollowUpButton
              campaign={campaign}
              audience={{ audience: 'failed', error_code: code }}
              look="quiet"
              className="first:-ms-4 md:first:-ms-3"
            />
          )}
          <Button look="quiet" className="first:-ms-4 md:first:-ms-3" onClick={() => onShow(code)}>
            <List aria-hidden />
            Show
          </Button>
          <a href={exportPath(campaign.id, code)} download className={buttonLook('quiet')}>
            <Download aria-hidden />
            Export
          </a>
        </div>
      </div>
    </li>
  );
}

function RetryAdvice({ group }: { group: FailureGroup }) {
  if (group.retry_advice === 'never') return <p className="mt-1 text-muted">Sending again does not help.</p>;
  const { retry_ready: ready, count, retry_from: from } = group;
  if (ready === count || !from) return null;
  return (
    <p className="mt-1 text-muted">
      {ready === 0 ? 'Retry from ' : `${formatCount(count - ready)} of them must still wait, the last until `}
      <LocalTime value={from} />.
    </p>
  );
}

function exportPath(campaignId: string, code: number | null): string {
  return `/api/campaigns/${campaignId}/recipients.csv?status=failed&error_code=${code ?? 'none'}`;
}
