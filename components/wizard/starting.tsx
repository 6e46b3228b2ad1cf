'use client';

import { Undo2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useLatest } from '@/components/api/use-latest';
import { Banner } from '@/components/ui/banner';
import { Button, buttonLook } from '@/components/ui/button';
import { countOf } from '@/components/ui/numbers';
import { useKeptFocus } from '@/components/ui/use-kept-focus';
import { useNow } from '@/components/ui/use-now';
import { LeftOut } from './left-out';
import type { Launch, StartingPhase } from './use-launch';

/** What is promised; the time set is a little later, for the way to the server. */
const SECONDS = 10;
const TICK_MS = 250;
const ASK_MS = 1_000;
/** Nobody has started it this long after its time: then a person should know. */
const LATE_MS = 15_000;

/** Ten seconds in which nothing has gone out yet, and a way back. */
export function Starting({ launch, phase }: { launch: Launch; phase: StartingPhase }) {
  const router = useRouter();
  const heading = useRef<HTMLHeadingElement>(null);
  useKeptFocus(heading);
  const now = useNow(TICK_MS);
  const leftMs = now === null ? null : phase.startsAt - now;
  const isDue = leftMs !== null && leftMs <= 0;
  const page = `/campaigns/${phase.campaignId}`;
  useWaitForBegin(isDue && !phase.isUndoing, launch, () => router.replace(page));

  const messages = phase.isHeldBack
    ? `The messages of the test for ${countOf(phase.recipients, 'person', 'people')}`
    : countOf(phase.recipients, 'message');
  const seconds = leftMs === null ? null : Math.min(SECONDS, Math.ceil(leftMs / 1000));
  return (
    <div className="mx-auto max-w-xl space-y-6 py-6 text-center">
      <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold break-words">
        {isDue ? 'Starting' : 'About to start'} <bdi>“{phase.name}”</bdi>
      </h1>
      <p className="text-5xl font-semibold" role="timer" aria-label="Seconds until it starts">
        {isDue ? '…' : (seconds ?? '…')}
      </p>
      <p role="status" className="text-muted">
        {isDue
          ? 'Handing it to the workers…'
          : `${messages} go out by themselves when the time is up, also if you close this page.`}
      </p>
      {phase.failure && (
        <Banner look="danger" role="alert" title="It was not taken back">
          {phase.failure}
        </Banner>
      )}
      {phase.created && <LeftOut created={phase.created} />}
      {isDue && -leftMs > LATE_MS && (
        <Banner look="warn" role="alert" title="It has not started yet">
          No worker has picked it up. It starts as soon as one runs; its page shows when.
        </Banner>
      )}
      <div className="flex justify-center gap-2">
        {(!isDue || phase.isUndoing) && (
          <Button look="primary" autoFocus busy={phase.isUndoing} onClick={() => void launch.undo()}>
            <Undo2 aria-hidden />
            Undo
          </Button>
        )}
        <Link href={page} className={buttonLook()}>
          To the campaign
        </Link>
      </div>
    </div>
  );
}

function useWaitForBegin(isDue: boolean, launch: Launch, onBegun: () => void): void {
  const latest = useLatest({ launch, onBegun });
  useEffect(() => {
    if (!isDue) return undefined;
    const ask = () =>
      latest.current.launch.hasBegun().then(
        (hasBegun) => {
          if (hasBegun) latest.current.onBegun();
        },
        // No answer is no news: the next one tells.
        () => undefined,
      );
    void ask();
    const timer = setInterval(() => void ask(), ASK_MS);
    return () => clearInterval(timer);
  }, [isDue, latest]);
}
