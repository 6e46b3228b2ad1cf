'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { queryKeys } from '@/components/api/query-keys';
import { messageOf } from '@/components/api/request';
import { putCampaigns } from '@/components/campaigns/campaign-cache';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { DialogBox } from '@/components/ui/dialog-box';
import { useNow } from '@/components/ui/use-now';
import type { Campaign } from '@/lib/campaigns/schema';
import { planStart } from './api';
import { entryOf, firstEntry, judgeEntry, ownTimeZone, startOf, type StartEntry } from './entry';
import { StartFields } from './start-fields';

const TICK_MS = 5_000;

export interface StartDialogProps {
  campaign: Campaign;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** What StartDialog shows. */
export function StartBox(props: StartDialogProps) {
  const { campaign, open, onOpenChange } = props;
  const title = campaign.status === 'draft' ? 'Schedule the start' : 'Set a new time';
  return (
    <DialogBox open={open} onOpenChange={onOpenChange} title={title}>
      <StartForm {...props} />
    </DialogBox>
  );
}

/** Begins anew each time the dialog opens. */
function StartForm({ campaign, onOpenChange }: StartDialogProps) {
  const client = useQueryClient();
  const [entry, setEntry] = useState(() => firstOf(campaign));
  const [isTried, setTried] = useState(false);
  const verdict = judgeEntry(entry, useNow(TICK_MS));
  const save = useMutation({
    mutationFn: () => planStart(campaign.id, startOf(entry)),
    onSuccess: async (planned) => {
      putCampaigns(client, [planned]);
      onOpenChange(false);
      await client.invalidateQueries({ queryKey: queryKeys.timeline(campaign.id) });
    },
  });
  return (
    <form
      noValidate
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (verdict.kind !== 'ready') document.getElementById(verdict.fieldId)?.focus();
        else if (!save.isPending) save.mutate();
      }}
    >
      <StartFields
        entry={entry}
        verdict={verdict}
        senderZones={campaign.sender_time_zones}
        isTried={isTried}
        onChange={(next) => {
          save.reset();
          setEntry(next);
        }}
      />
      {save.isError && (
        <Banner look="danger" title="The start was not set" role="alert">
          {messageOf(save.error)}
        </Banner>
      )}
      <div className="flex flex-col-reverse gap-2 md:flex-row md:justify-end">
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
        <Button type="submit" look="primary" busy={save.isPending}>
          Set the start
        </Button>
      </div>
    </form>
  );
}

/** What stands; where that has passed, or nothing stands, the next morning in the same zone. */
function firstOf({ scheduled_at: planned, scheduled_time_zone: zone }: Campaign): StartEntry {
  const timeZone = zone ?? ownTimeZone();
  const at = planned === null ? 0 : Date.parse(planned);
  return at > Date.now() ? entryOf(at, timeZone) : firstEntry(Date.now(), timeZone);
}
