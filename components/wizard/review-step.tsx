'use client';

import { CalendarClock, Send } from 'lucide-react';
import { useState } from 'react';
import { Estimate } from '@/components/costs/estimate';
import { useDailyUse } from '@/components/senders/use-daily-use';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { languageWord, plainWord } from '@/components/templates/words';
import { Checkbox } from '@/components/ui/checkbox';
import { countOf } from '@/components/ui/numbers';
import { planOf } from '@/lib/daily-limit/plan';
import { WIZARD_STEPS, type WizardStep } from '@/lib/drafts/schema';
import { Arithmetic } from './arithmetic';
import { Countries } from './countries-table';
import { MissingList } from './missing-list';
import { ProgressLine } from './progress-line';
import { RowPreview } from './row-preview';
import { SendDialog, type SendStart } from './send-dialog';
import { SpeedFields } from './speed-fields';
import { planTest } from './test-plan';
import { TestReview } from './test-review';
import { TestSend } from './test-send';
import type { Missing } from './steps';
import type { Launch } from './use-launch';
import type { WizardState } from './use-wizard';
import { useOpenings, waitingSum } from './use-openings';
import { warningsOf } from './warnings';
import { WhenFields } from './when-fields';
import { WindowNews } from './window-news';

const MISSING_ID = 'before-sending';

interface ReviewStepProps {
  wizard: WizardState;
  launch: Launch;
  /** To the field of what is missing, on its step. */
  onFollow: (missing: Missing, on: WizardStep) => void;
}

/** The whole campaign on one page, and the button. */
export function ReviewStep({ wizard, launch, onFollow }: ReviewStepProps) {
  const { draft, sender, template, messages, checked } = wizard;
  const [asks, setAsks] = useState(false);
  const { check } = checked;
  const missing = WIZARD_STEPS.flatMap((step) => wizard.missing[step].map((each) => ({ ...each, step })));
  const isUnderWay = ['preparing', 'uploading', 'planned'].includes(launch.phase.kind);
  const willSend = check?.counts.willSend ?? 0;
  const start = startsAt(wizard);
  const daily = useDailyUse(sender);
  const heldDays = daily?.limit ? planOf(willSend, { limit: daily.limit, used: daily.used }).days : 0;
  const waiting = useOpenings(sender, check?.countries ?? [], start?.at ?? null);
  const verb = wizard.start ? 'Schedule' : 'Send';
  const { test } = draft.contents;
  const plan =
    test && check ? planTest({ people: willSend, messages: messages.all, holdback: test.holdback }) : null;
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="min-w-0 space-y-6">
        <Summary wizard={wizard} />
        <TestReview wizard={wizard} plan={plan} />
        {sender && template && check && (
          <>
            {warningsOf({ sender, messages: messages.all, check, dailyUsed: daily?.used ?? null }).map(
              ({ look, title, message }) => (
                <Banner key={title} look={look} title={title}>
                  {message}
                </Banner>
              ),
            )}
            <Arithmetic counts={check.counts} />
            <Countries countries={check.countries} />
            {sender.send_window && (
              <WindowNews window={sender.send_window} places={waiting} isPlanned={start !== null} />
            )}
            <Estimate
              countries={check.countries}
              parts={messages.all.map((message) => ({
                category: message.template?.category ?? 'unspecified',
                weight: message.share,
              }))}
              isHeldBack={test?.holdback != null}
              startsAt={startsAt(wizard)?.at ?? null}
            />
            <SpeedFields
              draft={draft}
              sender={sender}
              recipients={willSend}
              waiting={waitingSum(waiting)}
              heldDays={heldDays}
              waitingForChoice={plan?.waiting ?? 0}
            />
          </>
        )}
        <WhenFields wizard={wizard} />
        <Checkbox
          id="attested"
          checked={draft.contents.attested}
          onChange={(event) => draft.update({ attested: event.target.checked })}
        >
          These people have agreed to get WhatsApp messages like this one from us.
        </Checkbox>
        {missing.length > 0 && (
          <MissingList
            id={MISSING_ID}
            title="Before it can be sent"
            missing={missing}
            onFollow={(each) => {
              const { step = wizard.step } = missing.find((other) => other.message === each.message) ?? {};
              onFollow(each, step);
            }}
          />
        )}
        <LaunchNews launch={launch} />
        <div className="flex flex-wrap gap-2">
          <Button
            look="primary"
            blockedBy={missing.length > 0 ? MISSING_ID : undefined}
            busy={isUnderWay}
            onClick={() => setAsks(true)}
            className="w-full md:w-auto"
          >
            {wizard.start ? <CalendarClock aria-hidden /> : <Send aria-hidden />}
            {willSend > 0 ? `${verb} ${countOf(willSend, 'message')}` : verb}
          </Button>
          <TestSend wizard={wizard} />
        </div>
      </div>
      <RowPreview wizard={wizard} hasTabs />
      {sender && template && (
        <SendDialog
          open={asks}
          onOpenChange={setAsks}
          count={willSend}
          name={draft.name.trim()}
          sender={sender}
          start={start}
          waiting={waitingSum(waiting)}
          test={test && { messages: messages.all.length, waiting: plan?.waiting ?? 0 }}
          onSend={() => void launch.send()}
        />
      )}
    </div>
  );
}

function startsAt({ start, draft }: WizardState): SendStart | null {
  const { schedule } = draft.contents;
  if (start?.kind !== 'ready' || !schedule) return null;
  return { at: start.reading.at, timeZone: schedule.time_zone };
}

function LaunchNews({ launch: { phase } }: { launch: Launch }) {
  if (phase.kind === 'preparing') return <ProgressLine title="Preparing the list…" share={null} />;
  if (phase.kind === 'uploading') {
    const title = phase.share < 1 ? 'Uploading the list…' : 'The server is storing the recipients…';
    return <ProgressLine title={title} share={phase.share} />;
  }
  if (phase.kind !== 'idle' || !phase.failure) return null;
  return (
    <Banner look="danger" role="alert" title={phase.failure.title}>
      {phase.failure.message} Your draft is kept as it is.
    </Banner>
  );
}

function Summary({ wizard: { draft, sender, template, list } }: { wizard: WizardState }) {
  const lines = [
    ['Campaign', draft.name.trim()],
    ['Sender', sender && [sender.name, sender.display_phone_number].filter(Boolean).join(', ')],
    draft.contents.test === null && [
      'Template',
      template && [template.name, languageWord(template.language), plainWord(template.category)].join(' · '),
    ],
    ['List', list.audience.file?.name],
  ].filter((line) => line !== false);
  return (
    <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-y-1 rounded-lg border bg-surface px-4 py-3">
      {lines.map(([term, value]) => (
        <div key={term} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-muted">{term}</dt>
          <dd className="break-words">
            {value ? <bdi>{value}</bdi> : <span className="text-muted">–</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
