'use client';

import { useMutation } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { callApi, messageOf } from '@/components/api/request';
import { Button, buttonLook } from '@/components/ui/button';
import { cn } from '@/components/ui/class-names';
import { ONBOARDING_STEPS, type Checklist as State, type OnboardingStep } from '@/lib/onboarding/schema';

const STEPS: Record<OnboardingStep, { title: string; text: string; action: string; href: string }> = {
  sender: {
    title: 'Connect a number',
    text: 'Your WhatsApp Business number, or the built-in sandbox, which reaches no real phone.',
    action: 'Add a sender',
    href: '/senders/new',
  },
  templates: {
    title: 'Fetch your templates',
    text: 'Campaigns are sent from templates that WhatsApp has approved.',
    action: 'Open the templates',
    href: '/templates',
  },
  test: {
    title: 'Send yourself a test message',
    text: 'See on your own phone what people will get.',
    action: 'Choose a template',
    href: '/templates',
  },
  campaign: {
    title: 'Send your first campaign',
    text: 'Upload a list, match its columns, check, send.',
    action: 'New campaign',
    href: '/campaigns/new',
  },
};

/** The way from signing up to a running campaign, ticked off by what has really happened. */
export function Checklist({ state }: { state: State }) {
  const router = useRouter();
  const dismiss = useMutation({
    mutationFn: () => callApi('/api/settings', { method: 'PATCH', body: { checklist_dismissed: true } }),
    onSuccess: () => router.refresh(),
  });
  const next = ONBOARDING_STEPS.find((step) => !state[step]);
  const done = ONBOARDING_STEPS.filter((step) => state[step]).length;
  return (
    <section aria-labelledby="first-steps" className="rounded-lg border bg-surface">
      <div className="flex flex-wrap items-center justify-between gap-2 border-b px-4 py-2">
        <h2 id="first-steps" className="font-semibold">
          First steps{' '}
          <span className="font-normal text-muted">
            {done} of {ONBOARDING_STEPS.length} done
          </span>
        </h2>
        <Button
          look="quiet"
          className="-me-4 md:-me-3"
          busy={dismiss.isPending}
          onClick={() => dismiss.mutate()}
        >
          Hide
        </Button>
      </div>
      {dismiss.isError && (
        <p role="alert" className="px-4 pt-3 text-danger">
          {messageOf(dismiss.error)}
        </p>
      )}
      <ol className="divide-y">
        {ONBOARDING_STEPS.map((step, i) => (
          <Step key={step} step={step} number={i + 1} isDone={state[step]} isNext={step === next} />
        ))}
      </ol>
    </section>
  );
}

interface StepProps {
  step: OnboardingStep;
  number: number;
  isDone: boolean;
  isNext: boolean;
}

function Step({ step, number, isDone, isNext }: StepProps) {
  const { title, text, action, href } = STEPS[step];
  return (
    <li className="flex flex-col gap-3 px-4 py-4 md:flex-row md:items-center">
      <div className={cn('flex min-w-0 grow gap-3', isDone && 'items-center')}>
        <span
          aria-hidden
          className={cn(
            'grid size-6 shrink-0 place-items-center rounded-full border text-xs font-medium',
            isDone && 'border-transparent bg-accent-soft text-accent',
          )}
        >
          {isDone ? <Check className="size-4" /> : number}
        </span>
        <div>
          <p className={cn('font-medium', isDone && 'text-muted')}>
            {title}
            {isDone && <span className="sr-only"> – done</span>}
          </p>
          {!isDone && <p className="text-muted">{text}</p>}
        </div>
      </div>
      {!isDone && (
        <Link href={href} className={buttonLook(isNext ? 'primary' : 'secondary')}>
          {action}
        </Link>
      )}
    </li>
  );
}
