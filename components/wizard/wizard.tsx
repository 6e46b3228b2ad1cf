'use client';

import { ArrowLeft, ArrowRight } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useLatest } from '@/components/api/use-latest';
import { Button } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { useKeptFocus } from '@/components/ui/use-kept-focus';
import type { Campaign } from '@/lib/campaigns/schema';
import { WIZARD_STEPS, type Draft, type WizardStep } from '@/lib/drafts/schema';
import type { Sender } from '@/lib/senders/schema';
import type { Template } from '@/lib/templates/schema';
import { FileStep } from './file-step';
import { MapStep } from './map-step';
import { MissingList } from './missing-list';
import { ReviewStep } from './review-step';
import { SaveMark, SaveTrouble } from './save-state';
import { Starting } from './starting';
import { StepNav, type StepLook } from './step-nav';
import { STEP_WORDS, type Missing } from './steps';
import { TemplateStep } from './template-step';
import { useLaunch } from './use-launch';
import { useWizard, type WizardState } from './use-wizard';

interface WizardProps {
  initial: Draft;
  senders: readonly Sender[];
  templates: readonly Template[];
  /** The campaign it was made into, while it waits for its start. */
  scheduled: Campaign | null;
  /** Where people reach this Herald. */
  publicUrl: string;
  /** The server's clock as the page was read, ms since 1970. */
  readAt: number;
}

/** Puts a campaign together in four steps. */
export function Wizard({ initial, senders, templates, scheduled, publicUrl, readAt }: WizardProps) {
  const wizard = useWizard({ initial, senders, templates, publicUrl });
  const { draft, step, missing, go } = wizard;
  const launch = useLaunch(wizard, { scheduled, readAt });
  // A step complains once somebody has tried to leave it, not while it is being filled.
  const [tried, setTried] = useState<readonly WizardStep[]>([]);
  const heading = useStepFocus(step);
  useKeptFocus(heading);
  const follow = useFollow(wizard);

  const router = useRouter();
  const planned = launch.phase.kind === 'planned' ? launch.phase.campaignId : null;
  useEffect(() => {
    if (planned) router.replace(`/campaigns/${planned}`);
  }, [planned, router]);

  if (launch.phase.kind === 'starting') return <Starting launch={launch} phase={launch.phase} />;
  const isTried = tried.includes(step);
  const leave = () => {
    setTried((steps) => [...steps, step]);
    const [first] = missing[step];
    if (first) follow(first, step);
    else go(neighbour(step, 1));
  };
  return (
    <div className="space-y-6">
      <PageHeader title={draft.name.trim() || 'New campaign'} actions={<SaveMark draft={draft} />} />
      <SaveTrouble draft={draft} />
      <StepNav draftId={draft.id} step={step} looks={looksOf(wizard, tried)} go={go} />
      <section aria-labelledby="step-heading" className="space-y-6">
        <h2 id="step-heading" ref={heading} tabIndex={-1} className="text-base font-semibold outline-none">
          {STEP_WORDS[step]}
        </h2>
        {step === 'template' && <TemplateStep wizard={wizard} isTried={isTried} />}
        {step === 'file' && <FileStep wizard={wizard} />}
        {step === 'map' && <MapStep wizard={wizard} isTried={isTried} />}
        {step === 'review' && <ReviewStep wizard={wizard} launch={launch} onFollow={follow} />}
        {step !== 'review' && isTried && missing[step].length > 0 && (
          <MissingList
            title="Before you go on"
            missing={missing[step]}
            onFollow={(each) => follow(each, step)}
          />
        )}
      </section>
      <div className="flex justify-between gap-2 border-t pt-4">
        {step === 'template' ? (
          <span />
        ) : (
          <Button onClick={() => go(neighbour(step, -1))}>
            <ArrowLeft aria-hidden className="rtl:rotate-180" />
            Back
          </Button>
        )}
        {step !== 'review' && (
          <NextButton
            key={step}
            word={STEP_WORDS[neighbour(step, 1)]}
            missing={missing[step]}
            onNext={leave}
          />
        )}
      </div>
    </div>
  );
}

interface NextButtonProps {
  word: string;
  missing: readonly Missing[];
  onNext: () => void;
}

/** Pressed while the file is read or its rows are checked, it waits for that and then goes on. */
function NextButton({ word, missing, onNext }: NextButtonProps) {
  const [isPressed, setPressed] = useState(false);
  const [first] = missing;
  const waits = isPressed && first?.passes === true;
  const latest = useLatest({ onNext });
  useEffect(() => {
    if (!isPressed || waits) return;
    setPressed(false);
    latest.current.onNext();
  }, [isPressed, waits, latest]);
  return (
    <div className="flex flex-wrap items-center justify-end gap-x-3">
      <p role="status" className="text-muted">
        {waits && first.message}
      </p>
      <Button look="primary" busy={waits} onClick={() => setPressed(true)}>
        Next: {word}
        <ArrowRight aria-hidden className="rtl:rotate-180" />
      </Button>
    </div>
  );
}

/** On each new step, reading begins at its heading; not when the page has just come. */
function useStepFocus(step: WizardStep) {
  const heading = useRef<HTMLHeadingElement>(null);
  const seen = useRef(step);
  useEffect(() => {
    if (seen.current === step) return;
    seen.current = step;
    heading.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }, [step]);
  return heading;
}

/** Leads to the field of what is missing, which may be on another step, or another message's. */
function useFollow({ step, shown, go, show }: WizardState): (missing: Missing, on: WizardStep) => void {
  const [wanted, setWanted] = useState<{ missing: Missing; on: WizardStep } | null>(null);
  useEffect(() => {
    if (!wanted || wanted.on !== step || (wanted.missing.of ?? shown) !== shown) return;
    setWanted(null);
    focusOn(wanted.missing);
  }, [wanted, step, shown]);
  return (missing, on) => {
    if (on !== step) go(on, missing.of);
    else if (missing.of !== undefined && missing.of !== shown) show(missing.of);
    setWanted({ missing, on });
  };
}

function focusOn({ field }: Missing): void {
  const control = document.getElementById(field);
  control?.focus();
  control?.scrollIntoView({ block: 'center' });
}

function neighbour(step: WizardStep, by: 1 | -1): WizardStep {
  return WIZARD_STEPS[WIZARD_STEPS.indexOf(step) + by] ?? step;
}

function looksOf(
  { missing, step, list }: WizardState,
  tried: readonly WizardStep[],
): Record<WizardStep, StepLook> {
  const isLater = (each: WizardStep) => WIZARD_STEPS.indexOf(each) > WIZARD_STEPS.indexOf(step);
  const lookOf = (each: WizardStep): StepLook => {
    const isEmpty = (each === 'map' && !list.audience.file) || each === 'review';
    if (missing[each].length === 0) return isEmpty ? 'todo' : 'done';
    return tried.includes(each) || (!isLater(each) && each !== step) ? 'error' : 'todo';
  };
  return {
    template: lookOf('template'),
    file: lookOf('file'),
    map: lookOf('map'),
    review: lookOf('review'),
  };
}
