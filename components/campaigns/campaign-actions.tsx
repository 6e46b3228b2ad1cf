'use client';

import { CalendarClock, FileText, Pause, Play, Send, Square, Trash2, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { StartDialog } from '@/components/schedule/start-dialog';
import { Button, buttonLook } from '@/components/ui/button';
import { countOf } from '@/components/ui/numbers';
import type { Campaign } from '@/lib/campaigns/schema';
import { mayDo, type CampaignAction } from '@/lib/campaigns/status';
import { AskDialogs, type Asking } from './ask-dialogs';
import { hasNobodyToSendTo } from './progress';
import { UNDER_WAY_WORDS, type CampaignActionsState, type Target } from './use-campaign-actions';

interface CampaignActionsProps {
  campaign: Campaign;
  actions: CampaignActionsState;
}

const NOBODY_ID = 'nobody-to-send-to';

/** What may be done to the campaign now, and nothing else. */
export function CampaignActions({ campaign, actions: { move, remove, target } }: CampaignActionsProps) {
  const [asks, setAsks] = useState<Asking>(null);
  const [isPlanning, setPlanning] = useState(false);
  const allows = (action: CampaignAction) => mayDo(action, campaign.status);
  const toggle = toggleOf(campaign);
  const isEmpty = hasNobodyToSendTo(campaign);
  return (
    <div>
      <div className="flex flex-wrap gap-2 print:hidden [&>*]:flex-1 md:[&>*]:flex-none">
        {/* One button whatever it does next: it stays in its place and keeps the focus. */}
        {(toggle || target) && (
          <Button
            look={!target && toggle?.target === 'active' ? 'primary' : 'secondary'}
            busy={target !== null}
            blockedBy={isEmpty && !target ? NOBODY_ID : undefined}
            onClick={() => toggle && move.mutate(toggle.target)}
          >
            {!target && toggle && <toggle.icon aria-hidden />}
            {target ? UNDER_WAY_WORDS[target] : toggle?.word}
          </Button>
        )}
        {campaign.status === 'draft' && !isEmpty && (
          <Button disabled={target !== null} onClick={() => setPlanning(true)}>
            <CalendarClock aria-hidden />
            Schedule
          </Button>
        )}
        {campaign.started_at && (
          <Link href={`/campaigns/${campaign.id}/report`} className={buttonLook()}>
            <FileText aria-hidden />
            Report
          </Link>
        )}
        {allows('stop') && campaign.status !== 'draft' && (
          <Button look="danger" disabled={target !== null} onClick={() => setAsks('stop')}>
            <Square aria-hidden />
            Stop
          </Button>
        )}
        {allows('delete') && (
          <Button
            look="danger"
            busy={remove.isPending}
            disabled={target !== null}
            onClick={() => setAsks('delete')}
          >
            <Trash2 aria-hidden />
            Delete
          </Button>
        )}
      </div>
      {isEmpty && (
        <p id={NOBODY_ID} className="mt-2 text-muted md:max-w-80 md:text-end print:hidden">
          There is nobody to send to: no recipient is waiting. Delete this campaign, or make a new one.
        </p>
      )}
      <StartDialog campaign={campaign} open={isPlanning} onOpenChange={setPlanning} />
      <AskDialogs
        campaign={campaign}
        asks={asks}
        onAsk={setAsks}
        onStop={() => move.mutate('stopped')}
        onDelete={() => remove.mutate()}
      />
    </div>
  );
}

/** What the first button does: go on, or hold. */
export function toggleOf(campaign: Campaign): { target: Target; word: string; icon: LucideIcon } | null {
  // A missed start is offered where it is asked about, with what else there is to choose.
  if (campaign.start_missed_at) return null;
  if (mayDo('activate', campaign.status))
    return { target: 'active', word: sendWord(campaign), icon: campaign.started_at ? Play : Send };
  if (mayDo('pause', campaign.status)) return { target: 'paused', word: 'Pause', icon: Pause };
  return null;
}

function sendWord(campaign: Campaign): string {
  if (campaign.started_at) return 'Resume';
  if (campaign.pending === 0) return 'Send';
  return campaign.status === 'scheduled' ? 'Send now' : `Send ${countOf(campaign.pending, 'message')}`;
}
