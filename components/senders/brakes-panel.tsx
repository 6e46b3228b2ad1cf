'use client';

import { useState } from 'react';
import { messageOf } from '@/components/api/request';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { TextField } from '@/components/ui/text-field';
import { wholeNumber } from '@/components/ui/whole-number';
import { DEFAULT_FAILURE_PERCENT } from '@/lib/brakes/defaults';
import type { Brakes } from '@/lib/brakes/schema';
import type { Sender } from '@/lib/senders/schema';
import { Panel } from './panel';
import { useUpdateSender } from './use-sender';

/** As typed: the numbers may be unfinished. */
interface Typed {
  byShare: boolean;
  percent: string;
  window: string;
  onRed: boolean;
  onCategory: boolean;
}

/** When the sender's campaigns pause by themselves. */
export function BrakesPanel({ sender }: { sender: Sender }) {
  // null: not being changed, so what another page sets shows here too.
  const [typed, setTyped] = useState<Typed | null>(null);
  const update = useUpdateSender(sender.id);
  const form = typed ?? toTyped(sender.brakes);
  const change = (part: Partial<Typed>) => setTyped({ ...form, ...part });
  const percent = wholeNumber(form.percent, 1, 100);
  const window = wholeNumber(form.window, 20, 100_000);
  const isValid = !form.byShare || (percent !== null && window !== null);
  return (
    <Panel
      id="brakes"
      title="When campaigns pause by themselves"
      lead="A paused campaign says why, and whoever waits in it is unharmed. It always pauses where no message could go out: a token that expired, a locked account, a template that was paused."
    >
      <form
        noValidate
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (update.isPending || !isValid) return;
          update.mutate({ brakes: toBrakes(form, percent, window) }, { onSuccess: () => setTyped(null) });
        }}
      >
        <Checkbox
          id="brake_by_share"
          checked={form.byShare}
          onChange={(event) => change({ byShare: event.target.checked })}
        >
          Too many of the last messages failed
        </Checkbox>
        {form.byShare && (
          <div className="grid grid-cols-1 gap-3 ps-6.5 sm:grid-cols-2">
            <TextField
              id="failure_percent"
              label="More than, percent"
              type="number"
              inputMode="numeric"
              min={1}
              max={100}
              value={form.percent}
              error={percent === null ? 'Give a whole number from 1 to 100.' : undefined}
              onChange={(event) => change({ percent: event.target.value })}
            />
            <TextField
              id="failure_window"
              label="Of the last messages"
              type="number"
              inputMode="numeric"
              min={20}
              max={100_000}
              value={form.window}
              error={window === null ? 'Give a whole number from 20 to 100,000.' : undefined}
              onChange={(event) => change({ window: event.target.value })}
            />
          </div>
        )}
        <Checkbox
          id="brake_on_red"
          checked={form.onRed}
          onChange={(event) => change({ onRed: event.target.checked })}
        >
          WhatsApp rates the number’s quality as low
        </Checkbox>
        <Checkbox
          id="brake_on_category"
          checked={form.onCategory}
          onChange={(event) => change({ onCategory: event.target.checked })}
        >
          WhatsApp moves the template to another category, which has another price
        </Checkbox>
        {update.isError && (
          <p role="alert" className="text-danger">
            {messageOf(update.error)}
          </p>
        )}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" look={typed === null ? 'secondary' : 'primary'} busy={update.isPending}>
            Save rules
          </Button>
          <p role="status" className="text-accent">
            {update.isSuccess && typed === null && 'Saved. It acts on running campaigns within 5 seconds.'}
          </p>
        </div>
      </form>
    </Panel>
  );
}

function toTyped(brakes: Brakes): Typed {
  return {
    byShare: brakes.failure_percent !== null,
    percent: String(brakes.failure_percent ?? DEFAULT_FAILURE_PERCENT),
    window: String(brakes.failure_window),
    onRed: brakes.on_red_quality,
    onCategory: brakes.on_category_change,
  };
}

function toBrakes(form: Typed, percent: number | null, window: number | null): Partial<Brakes> {
  return {
    failure_percent: form.byShare ? percent : null,
    ...(form.byShare && window !== null && { failure_window: window }),
    on_red_quality: form.onRed,
    on_category_change: form.onCategory,
  };
}
