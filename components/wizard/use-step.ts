'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';
import { wizardStepSchema, type WizardStep } from '@/lib/drafts/schema';

export function stepHref(draftId: string, step: WizardStep): string {
  return `/campaigns/new/${draftId}?step=${step}`;
}

/** The step is in the address. Moving is the browser's own: the page, and the list it has read, stay alive. */
export function useStep(draftId: string, kept: WizardStep): [WizardStep, (step: WizardStep) => void] {
  const step = wizardStepSchema.safeParse(useSearchParams().get('step')).data ?? kept;
  const go = useCallback(
    (next: WizardStep) => window.history.pushState(null, '', stepHref(draftId, next)),
    [draftId],
  );
  return [step, go];
}
