'use client';

import { useRef, useState } from 'react';
import { ApiError, messageOf } from '@/components/api/request';
import { useLatest } from '@/components/api/use-latest';
import { deleteCampaign, fetchCampaign } from '@/components/campaigns/api';
import type { AudienceRules } from '@/components/audience/types';
import type { Campaign } from '@/lib/campaigns/schema';
import { cancelStart } from '@/components/schedule/api';
import { startOf } from '@/components/schedule/entry';
import { createCampaign, scheduleStart, type CreatedCampaign } from './api';
import type { DraftContents } from '@/lib/drafts/schema';
import { numbersIn, withoutNumbers } from './messages';
import { usableDestinations } from './steps';
import type { WizardMessage } from './use-messages';
import type { WizardState } from './use-wizard';

/** Ten seconds to think again, and one for the way. By the server's clock: it starts there, whatever this tab does. */
const START_AFTER_MS = 11_000;

export interface StartingPhase {
  kind: 'starting';
  campaignId: string;
  name: string;
  recipients: number;
  /** Some of them wait for the message that a test chooses. */
  isHeldBack: boolean;
  /** By this browser's clock, ms since 1970. */
  startsAt: number;
  /** What the server made of the list; null when the page was loaded meanwhile. */
  created: CreatedCampaign | null;
  isUndoing: boolean;
  failure: string | null;
}

/** It starts at its time, perhaps in weeks: there is nothing to wait for here. */
interface PlannedPhase {
  kind: 'planned';
  campaignId: string;
}

export type LaunchPhase =
  | { kind: 'idle'; failure: { title: string; message: string } | null }
  | { kind: 'preparing' }
  | { kind: 'uploading'; share: number }
  | StartingPhase
  | PlannedPhase;

export interface Launch {
  phase: LaunchPhase;
  send: () => Promise<void>;
  undo: () => Promise<void>;
  /** Whether it waits for its start no more. */
  hasBegun: () => Promise<boolean>;
}

interface Beginning {
  scheduled: Campaign | null;
  readAt: number;
}

/** From the review to a campaign that starts by itself, and back. */
export function useLaunch(wizard: WizardState, { scheduled, readAt }: Beginning): Launch {
  const [phase, setPhase] = useState<LaunchPhase>(() =>
    scheduled ? startingAgain(scheduled, readAt) : { kind: 'idle', failure: null },
  );
  const latest = useLatest(wizard);
  const isRunning = useRef(false);
  /** Made and not started yet: what a second try goes on with, or removes. */
  const made = useRef<string | null>(null);

  const send = async () => {
    // A double click is one send; the key below makes it one for retries too.
    if (isRunning.current) return;
    isRunning.current = true;
    setPhase({ kind: 'preparing' });
    try {
      setPhase(await start(latest.current, made, setPhase));
    } catch (error) {
      // Nothing was made, and it cannot follow what is gone: pressed again it stands by itself.
      if (error instanceof ApiError && error.code === 'followed_campaign_not_found')
        latest.current.draft.update({ follows: null });
      const title = made.current
        ? 'The campaign was made, but not started'
        : 'The campaign was not sent: nothing has gone out';
      const message = error instanceof ApiError ? whyNot(error) : messageOf(error);
      setPhase({ kind: 'idle', failure: { title, message } });
    } finally {
      isRunning.current = false;
    }
  };

  const undo = async () => {
    if (phase.kind !== 'starting' || phase.isUndoing) return;
    setPhase({ ...phase, isUndoing: true, failure: null });
    try {
      await cancelStart(phase.campaignId);
      await deleteCampaign(phase.campaignId);
      made.current = null;
      const { draft } = latest.current;
      draft.update(({ attempt }) => ({ attempt: attempt + 1, step: 'review' }));
      await draft.flush({ campaign_id: null });
      latest.current.go('review');
      setPhase({ kind: 'idle', failure: null });
    } catch (error) {
      const hasStarted = error instanceof ApiError && error.status === 409;
      const failure = hasStarted ? 'It had started already: pause or stop it on its page.' : messageOf(error);
      setPhase({ ...phase, isUndoing: false, failure });
    }
  };

  const hasBegun = async () => {
    if (phase.kind !== 'starting') return false;
    const campaign = await fetchCampaign(phase.campaignId);
    // One that a brake holds asks on its page.
    if (campaign.start_missed_at !== null) return true;
    return campaign.status !== 'scheduled' && campaign.status !== 'draft';
  };
  return { phase, send, undo, hasBegun };
}

async function start(
  wizard: WizardState,
  made: { current: string | null },
  tell: (phase: LaunchPhase) => void,
): Promise<StartingPhase | PlannedPhase> {
  const { draft, list, template, messages, rules } = wizard;
  if (!template || !rules) throw new Error('Something essential is not chosen.');
  // First of all: a window that is behind another one must not send.
  await draft.flush();
  const csv = await list.audience.toCsv();
  // By the name a person knows it by: it is kept as where these people came from.
  const file = new File([csv], list.audience.file?.name ?? csv.name, { type: csv.type });
  const { contents } = draft;
  const destinations = usableDestinations(
    contents,
    messages.all.flatMap(({ tracked }) => tracked),
  );
  const fields = {
    name: draft.name.trim(),
    template_id: String(template.id),
    default_country: contents.default_country ?? '',
    ...messageFields(contents, messages.all, rules),
    attested: String(contents.attested),
    follows: contents.follows ? JSON.stringify(withoutName(contents.follows)) : '',
    track_clicks: destinations ? JSON.stringify(destinations) : '',
  };
  const upload = async (attempt: number) =>
    createCampaign({
      fields,
      file,
      key: `draft-${draft.id}-${attempt}`,
      onProgress: (share) => tell({ kind: 'uploading', share }),
    });
  const { created, serverNow } = await upload(contents.attempt).catch(async (error: unknown) => {
    if (!(error instanceof ApiError) || error.code !== 'idempotency_key_reused') throw error;
    // An earlier try made a campaign with other contents. One we know of is removed; of another a person is told.
    draft.update({ attempt: contents.attempt + 1 });
    await draft.flush();
    if (!made.current) throw error;
    await deleteCampaign(made.current);
    made.current = null;
    return upload(contents.attempt + 1);
  });
  made.current = created.campaign_id;
  await draft.flush({ campaign_id: created.campaign_id });
  const speeds = { worker_count: contents.worker_count, rate_limit: contents.rate_limit };
  if (contents.schedule) {
    await scheduleStart(created.campaign_id, { ...speeds, schedule: startOf(contents.schedule) });
    return { kind: 'planned', campaignId: created.campaign_id };
  }
  const startsAt = Date.now() + START_AFTER_MS;
  await scheduleStart(created.campaign_id, {
    ...speeds,
    scheduled_at: new Date(serverNow + START_AFTER_MS).toISOString(),
  });
  return {
    kind: 'starting',
    campaignId: created.campaign_id,
    name: draft.name.trim(),
    recipients: created.total_recipients,
    isHeldBack: contents.test?.holdback != null,
    startsAt,
    created,
    isUndoing: false,
    failure: null,
  };
}

/** One message, or several with what fills each; the list's numbers are found once, for all of them. */
function messageFields(
  { test }: DraftContents,
  messages: readonly WizardMessage[],
  rules: AudienceRules,
): Record<string, string> {
  if (!test) return { mapping: JSON.stringify(rules.mapping) };
  const filled = [rules, ...(rules.others ?? [])];
  const variants = messages.map(({ templateId, share }, i) => ({
    template_id: templateId,
    share,
    mapping: withoutNumbers(filled[i]?.mapping ?? {}),
  }));
  return {
    mapping: JSON.stringify(numbersIn(rules.mapping)),
    variants: JSON.stringify(variants),
    ...(test.holdback && { holdback: JSON.stringify(test.holdback) }),
  };
}

/** The name is for the eye only, as is what it is known to have tested. */
function withoutName({ name: _, tested: _tested, ...follows }: NonNullable<DraftContents['follows']>) {
  return follows;
}

function startingAgain(campaign: Campaign, readAt: number): StartingPhase {
  const waitMs = Date.parse(campaign.scheduled_at ?? campaign.updated_at) - readAt;
  return {
    kind: 'starting',
    campaignId: campaign.id,
    name: campaign.name,
    recipients: campaign.total_recipients,
    isHeldBack: campaign.holdback !== null,
    startsAt: Date.now() + waitMs,
    created: null,
    isUndoing: false,
    failure: null,
  };
}

function whyNot({ code, message, issues }: ApiError): string {
  if (code === 'followed_campaign_not_found')
    return 'The campaign that this one follows was deleted meanwhile. To send it by itself, press Send again.';
  if (code === 'idempotency_key_reused')
    return 'This draft was made into a campaign before, with other contents: look for it in the list of campaigns. To make another one all the same, press Send again.';
  const [first] = issues;
  return first && !message.includes(first.message) ? `${message} ${first.message}` : message;
}
