'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CalendarClock, Send, Undo2 } from 'lucide-react';
import Link from 'next/link';
import { useState, type ReactNode } from 'react';
import { queryKeys } from '@/components/api/query-keys';
import { messageOf } from '@/components/api/request';
import { putCampaigns } from '@/components/campaigns/campaign-cache';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { useNow } from '@/components/ui/use-now';
import type { Campaign } from '@/lib/campaigns/schema';
import { localWords } from '@/lib/schedule/local-start';
import { localTimeAt } from '@/lib/schedule/zone';
import { cancelStart } from './api';
import { OtherClocks } from './other-clocks';
import { StartDialog } from './start-dialog';
import { StartFacts } from './start-facts';
import { askTitle, zoneWord } from './start-words';

const TICK_MS = 20_000;

interface PlannedStartProps {
  /** Scheduled. */
  campaign: Campaign;
  isStarting: boolean;
  onStartNow: () => void;
}

/** When it starts by itself, or that it does not and asks; and what can be done about it until it has begun. */
export function PlannedStart({ campaign, isStarting, onStartNow }: PlannedStartProps) {
  const [isChanging, setChanging] = useState(false);
  const cancel = useCancel(campaign.id);
  const at = Date.parse(campaign.scheduled_at ?? campaign.updated_at);
  const isMissed = campaign.start_missed_at !== null;
  const choices = (
    <Choices
      isMissed={isMissed}
      isStarting={isStarting}
      isCancelling={cancel.isPending}
      onStartNow={onStartNow}
      onChange={() => setChanging(true)}
      onCancel={() => cancel.mutate()}
    />
  );
  return (
    <div className="space-y-3">
      {cancel.isError && (
        <Banner look="danger" title="The start was not cancelled" role="alert">
          {messageOf(cancel.error)}
        </Banner>
      )}
      {isMissed ? (
        <Asks campaign={campaign} at={at}>
          {choices}
        </Asks>
      ) : (
        <section
          aria-labelledby="planned-start"
          className="flex flex-col gap-3 rounded-lg border bg-surface p-4 md:flex-row md:items-start md:justify-between"
        >
          <div>
            <h2 id="planned-start" className="text-muted">
              Starts by itself
            </h2>
            <StartFacts
              at={at}
              timeZone={campaign.scheduled_time_zone}
              senderZones={campaign.sender_time_zones}
              isHero
            />
          </div>
          {choices}
        </section>
      )}
      <StartDialog campaign={campaign} open={isChanging} onOpenChange={setChanging} />
    </div>
  );
}

interface ChoicesProps {
  isMissed: boolean;
  isStarting: boolean;
  isCancelling: boolean;
  onStartNow: () => void;
  onChange: () => void;
  onCancel: () => void;
}

function Choices({ isMissed, isStarting, isCancelling, onStartNow, onChange, onCancel }: ChoicesProps) {
  return (
    <div className="flex flex-wrap gap-2 print:hidden">
      {isMissed && (
        <Button look="primary" busy={isStarting} onClick={onStartNow}>
          <Send aria-hidden />
          Start now
        </Button>
      )}
      <Button disabled={isStarting} onClick={onChange}>
        <CalendarClock aria-hidden />
        {isMissed ? 'Set a new time' : 'Change the time'}
      </Button>
      <Button disabled={isStarting} busy={isCancelling} onClick={onCancel}>
        <Undo2 aria-hidden />
        Cancel the start
      </Button>
    </div>
  );
}

interface AsksProps {
  campaign: Campaign;
  at: number;
  children: ReactNode;
}

/** It was missed, or a brake holds it: a person decides. */
function Asks({ campaign, at, children }: AsksProps) {
  const now = useNow(TICK_MS);
  const { paused_reason: reason, sender_time_zones: senderZones } = campaign;
  const zone = campaign.scheduled_time_zone ?? 'UTC';
  const planned = `${localWords(localTimeAt(at, zone).local)}, ${zoneWord(zone)}`;
  return (
    <Banner
      look="warn"
      role="alert"
      title={askTitle({ isHeld: reason !== null, lateMs: now === null ? null : now - at })}
    >
      {reason !== null && (
        <p>
          {reason}{' '}
          <Link href={`/senders/${campaign.sender_id}#brakes`} className="underline underline-offset-2">
            When this sender pauses
          </Link>
        </p>
      )}
      <p>
        It was to start at {planned}
        {reason === null && ', but Herald was not running then'}. Nothing has gone out, and nothing does
        before you decide.
      </p>
      <OtherClocks at={at} told={zone} senderZones={senderZones} />
      <div className="mt-3">{children}</div>
    </Banner>
  );
}

function useCancel(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => cancelStart(id),
    onSuccess: (campaign) => {
      putCampaigns(client, [campaign]);
      return client.invalidateQueries({ queryKey: queryKeys.timeline(id) });
    },
    // A refusal mostly means that it has begun: show what is true now.
    onError: () => client.invalidateQueries({ queryKey: queryKeys.campaign(id) }),
  });
}
