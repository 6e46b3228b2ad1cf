'use client';

import { useState } from 'react';
import { messageOf } from '@/components/api/request';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/components/ui/numbers';
import { TextField } from '@/components/ui/text-field';
import type { Sender } from '@/lib/senders/schema';
import { durationWords, throughputOf } from '@/lib/senders/words';
import { Panel } from './panel';
import { useUpdateSender } from './use-sender';

const FASTEST = 1000;
const EXAMPLE = 10_000;

/** How fast all campaigns of the sender together may send; it acts on those that run. */
export function SpeedPanel({ sender }: { sender: Sender }) {
  // null: not being changed, so what another page sets shows here too.
  const [typed, setTyped] = useState<string | null>(null);
  const update = useUpdateSender(sender.id);
  const text = typed ?? String(sender.rate_limit);
  const rate = Number(text);
  const isValid = /^\d+$/.test(text) && rate >= 1 && rate <= FASTEST;
  const allowed = throughputOf(sender.throughput_level);
  return (
    <Panel
      id="speed"
      title="Speed limit"
      lead="All campaigns of this sender share it. A change applies to running campaigns within 5 seconds."
    >
      <form
        noValidate
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (update.isPending || !isValid) return;
          update.mutate({ rate_limit: rate }, { onSuccess: () => setTyped(null) });
        }}
      >
        <TextField
          id="rate_limit"
          label="Messages a second"
          type="number"
          inputMode="numeric"
          min={1}
          max={FASTEST}
          value={text}
          error={errorOf(isValid, update.error)}
          onChange={(event) => setTyped(event.target.value)}
        />
        <input
          type="range"
          aria-label="Speed limit, messages a second"
          min={1}
          max={FASTEST}
          value={isValid ? rate : sender.rate_limit}
          className="block h-11 w-full accent-accent md:h-8"
          onChange={(event) => setTyped(event.target.value)}
        />
        {isValid && (
          <p className="text-muted">
            {formatCount(EXAMPLE)} messages take {durationWords(EXAMPLE, rate)}.
          </p>
        )}
        {isValid && allowed !== null && rate > allowed && (
          <p className="text-warn">
            WhatsApp lets this number send {formatCount(allowed)} a second: beyond that it refuses, and Herald
            slows down by itself.
          </p>
        )}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" look={typed === null ? 'secondary' : 'primary'} busy={update.isPending}>
            Save speed
          </Button>
          <p role="status" className="text-accent">
            {update.isSuccess &&
              typed === null &&
              `Speed limit is now ${formatCount(sender.rate_limit)} a second.`}
          </p>
        </div>
      </form>
    </Panel>
  );
}

function errorOf(isValid: boolean, error: Error | null): string | undefined {
  if (!isValid) return `Give a whole number from 1 to ${formatCount(FASTEST)}.`;
  return error ? messageOf(error) : undefined;
}
