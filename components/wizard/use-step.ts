'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';
import { wizardStepSchema, type WizardStep } from '@/lib/drafts/schema';
import { VARIANT_KEYS } from '@/lib/variants/keys';

/** Of a test also which message is looked at, counted from 0. */
export function stepHref(draftId: string, step: WizardStep, message = 0): string {
  const named = message > 0 ? `&message=${VARIANT_KEYS[message] ?? 'A'}` : '';
  return `/campaigns/new/${draftId}?step=${step}${named}`;
}

interface Address {
  step: WizardStep;
  message: number;
  /** To a step; of a test to the first message there, or to one that is named. */
  go: (step: WizardStep, message?: number) => void;
  /** Another message on the same step: what goes back leads to the step before, not through all of them. */
  show: (message: number) => void;
}

/** The step is in the address. Moving is the browser's own: the page, and the list it has read, stay alive. */
export function useStep(draftId: string, kept: WizardStep): Address {
  const search = useSearchParams();
  const step = wizardStepSchema.safeParse(search.get('step')).data ?? kept;
  const named = Math.max(
    0,
    VARIANT_KEYS.findIndex((key) => key === search.get('message')),
  );
  // Shown at once, like every choice on a page; the address follows, and leads when somebody goes back.
  const [message, setMessage] = useState(named);
  useEffect(() => setMessage(named), [named]);
  const go = useCallback(
    (next: WizardStep, of = 0) => {
      setMessage(of);
      if (next !== step) window.history.pushState(null, '', stepHref(draftId, next, of));
    },
    [draftId, step],
  );
  const show = useCallback(
    (next: number) => {
      setMessage(next);
      window.history.replaceState(null, '', stepHref(draftId, step, next));
    },
    [draftId, step],
  );
  return { step, message, go, show };
}
