'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { messageOf } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { DialogBox } from '@/components/ui/dialog-box';
import { formatCount } from '@/components/ui/numbers';
import { Skeleton } from '@/components/ui/skeleton';
import type { Campaign } from '@/lib/campaigns/schema';
import type { Audience, FollowUpChoices } from '@/lib/follow-ups/schema';
import { audienceMeaning, audienceWords } from '@/lib/follow-ups/words';
import { meaningFor } from '@/lib/whatsapp/errors';
import { createFollowUpDraft, fetchFollowUpChoices } from './api';

export interface FollowUpDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  campaign: Pick<Campaign, 'id' | 'name'>;
  audience: Audience | undefined;
}

/** Asks for whom the next campaign is, and goes on in the wizard with them as its list. */
export function FollowUpDialog({ open, onOpenChange, campaign, audience }: FollowUpDialogProps) {
  return (
    <DialogBox open={open} onOpenChange={onOpenChange} title="Follow up">
      <Contents campaign={campaign} audience={audience} />
    </DialogBox>
  );
}

/** Begins anew, with the counts of now, each time the dialog opens. */
function Contents({ campaign, audience }: Pick<FollowUpDialogProps, 'campaign' | 'audience'>) {
  const router = useRouter();
  const choices = useQuery({
    queryKey: queryKeys.followUp(campaign.id),
    queryFn: ({ signal }) => fetchFollowUpChoices(campaign.id, signal),
    gcTime: 0,
    staleTime: Infinity,
  });
  const [asked, setAsked] = useState(audience);
  const begin = useMutation({
    mutationFn: (chosen: Audience) => createFollowUpDraft({ campaign_id: campaign.id, ...chosen }),
    onSuccess: ({ id }) => router.push(`/campaigns/new/${id}?step=template`),
  });
  if (choices.isPending) return <Waiting />;
  if (choices.isError) {
    return (
      <Banner look="danger" role="alert" title="The counts could not be read">
        <p>{messageOf(choices.error)}</p>
        <Button className="mt-3" busy={choices.isFetching} onClick={() => void choices.refetch()}>
          Try again
        </Button>
      </Banner>
    );
  }
  const { audiences } = choices.data;
  const chosen = chosenOf(audiences, asked);
  return (
    <div className="space-y-4">
      <p className="text-muted">
        A new campaign for people of <bdi>“{campaign.name}”</bdi>. The list is made now and stays as it is,
        whatever is reported later. Whoever is on the do-not-contact list is left out.
      </p>
      {chosen === null && (
        <p role="status" className="font-medium">
          Nobody has been written to yet: come back once there are reports.
        </p>
      )}
      <AudienceChoice audiences={audiences} chosen={chosen} onChoose={setAsked} />
      {chosen && (
        // In sight however long the list is; the radios keep clear of it by their scroll margin.
        <div className="sticky -bottom-6 -mx-6 -mb-6 space-y-2 border-t bg-surface px-6 py-4">
          {begin.isError && (
            <p role="alert" className="text-danger">
              {messageOf(begin.error)}
            </p>
          )}
          <Button
            look="primary"
            className="w-full md:w-auto"
            busy={begin.isPending || begin.isSuccess}
            onClick={() => begin.mutate(chosen)}
          >
            Make the list and choose a template
          </Button>
        </div>
      )}
    </div>
  );
}

type Choice = FollowUpChoices['audiences'][number];

interface AudienceChoiceProps {
  audiences: readonly Choice[];
  chosen: Audience | null;
  onChoose: (audience: Audience) => void;
}

function AudienceChoice({ audiences, chosen, onChoose }: AudienceChoiceProps) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium">For whom</legend>
      <div className="divide-y overflow-hidden rounded-lg border">
        {audiences.map(({ count, ...audience }) => (
          <label
            key={keyOf(audience)}
            className="flex min-h-11 items-start gap-3 px-4 py-2.5 has-checked:bg-accent-soft has-disabled:text-muted has-[:enabled:not(:checked)]:hover:bg-sunken"
          >
            <input
              type="radio"
              name="follow-up-audience"
              className="mt-0.5 size-4 shrink-0 scroll-my-24 accent-accent"
              checked={chosen !== null && keyOf(chosen) === keyOf(audience)}
              disabled={count === 0}
              onChange={() => onChoose(audience)}
            />
            <span className="min-w-0 flex-1">
              <span className="font-medium">{titleOf(audience)}</span>
              <span className="block text-muted">{meaningOf(audience)}</span>
            </span>
            <span className="font-medium">{formatCount(count)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Waiting() {
  return (
    <div aria-busy className="space-y-4">
      <span className="sr-only" role="status">
        Counting who is in which audience…
      </span>
      <Skeleton className="h-16" />
      <Skeleton className="h-72" />
      <Skeleton className="h-11 md:h-9" />
    </div>
  );
}

function keyOf({ audience, error_code: code }: Audience): string {
  return code === undefined ? audience : `${audience} ${code}`;
}

function titleOf(audience: Audience): string {
  const words = audienceWords(audience);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function meaningOf({ audience, error_code: code }: Audience): string {
  return code === undefined ? audienceMeaning(audience) : meaningFor(code);
}

/** What was asked for if somebody is in it, else the first that has anybody; null: nobody is anywhere. */
function chosenOf(audiences: readonly Choice[], asked: Audience | undefined): Audience | null {
  const full = audiences.filter(({ count }) => count > 0);
  const found = asked && full.find((each) => keyOf(each) === keyOf(asked));
  const choice = found ?? full[0];
  if (!choice) return null;
  const { count: _, ...audience } = choice;
  return audience;
}
