import { Check, CircleAlert } from 'lucide-react';
import type { MouseEvent } from 'react';
import { cn } from '@/components/ui/class-names';
import { WIZARD_STEPS, type WizardStep } from '@/lib/drafts/schema';
import { STEP_WORDS } from './steps';
import { stepHref } from './use-step';

export type StepLook = 'done' | 'error' | 'todo';

interface StepNavProps {
  draftId: string;
  step: WizardStep;
  looks: Record<WizardStep, StepLook>;
  go: (step: WizardStep) => void;
}

const LOOK_WORDS: Record<StepLook, string> = { done: 'done', error: 'needs attention', todo: 'to do' };

/** The four steps, each a link with its state. */
export function StepNav({ draftId, step, looks, go }: StepNavProps) {
  const follow = (event: MouseEvent, to: WizardStep) => {
    // With a modifier the browser opens a tab of its own.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <nav aria-label="Steps">
      <ol className="grid grid-cols-4 gap-px overflow-hidden rounded-lg border bg-line">
        {WIZARD_STEPS.map((each, i) => (
          <li key={each} className="min-w-0">
            <a
              href={stepHref(draftId, each)}
              aria-current={each === step ? 'step' : undefined}
              onClick={(event) => follow(event, each)}
              className={cn(
                'flex h-full min-h-14 flex-col items-center gap-1 px-1 py-2 text-center text-xs md:min-h-11 md:flex-row md:gap-2.5 md:px-4 md:text-start md:text-sm',
                '-outline-offset-2',
                each === step
                  ? 'bg-accent-soft font-medium text-ink'
                  : 'bg-surface text-muted hover:bg-sunken hover:text-ink',
              )}
            >
              <StepMark look={looks[each]} number={i + 1} isCurrent={each === step} />
              <span>{STEP_WORDS[each]}</span>
              <span className="sr-only">, {LOOK_WORDS[looks[each]]}</span>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

const MARK_LOOKS: Partial<Record<StepLook, string>> = {
  done: 'border-transparent bg-accent text-on-accent',
  error: 'border-warn-line bg-warn-soft text-warn',
};

function StepMark({ look, number, isCurrent }: { look: StepLook; number: number; isCurrent: boolean }) {
  return (
    <span
      aria-hidden
      className={cn(
        'grid size-5 shrink-0 place-items-center rounded-full border text-xs',
        MARK_LOOKS[look] ?? (isCurrent && 'border-accent text-accent'),
      )}
    >
      {look === 'done' ? (
        <Check className="size-3" />
      ) : look === 'error' ? (
        <CircleAlert className="size-3" />
      ) : (
        number
      )}
    </span>
  );
}
