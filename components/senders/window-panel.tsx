'use client';

import { useState } from 'react';
import { messageOf } from '@/components/api/request';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { TextField } from '@/components/ui/text-field';
import { sendWindowSchema, type SendWindow } from '@/lib/send-window/schema';
import { WEEKDAYS } from '@/lib/send-window/weekdays';
import type { Sender } from '@/lib/senders/schema';
import { dayWord, windowWords } from '@/lib/send-window/words';
import { Panel } from './panel';
import { useUpdateSender } from './use-sender';

/** What most would choose: neither early nor late. */
const USUAL: SendWindow = { from: '09:00', to: '20:00', days: [...WEEKDAYS] };

/** When people may be written to; it acts on campaigns that run. */
export function WindowPanel({ sender }: { sender: Sender }) {
  // undefined: not being changed, so what another page sets shows here too.
  const [typed, setTyped] = useState<SendWindow | null>();
  const update = useUpdateSender(sender.id);
  const window = typed === undefined ? sender.send_window : typed;
  const faults = faultsOf(window);
  const change = (part: Partial<SendWindow>) => setTyped({ ...(window ?? USUAL), ...part });
  return (
    <Panel
      id="window"
      title="Send window"
      lead="When people may be written to, by the clocks where their number is. The others wait until it opens there. A change applies to running campaigns within 5 seconds."
    >
      <form
        noValidate
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (update.isPending || Object.keys(faults).length > 0) return;
          update.mutate({ send_window: window }, { onSuccess: () => setTyped(undefined) });
        }}
      >
        <Checkbox
          id="has_window"
          checked={window !== null}
          onChange={(event) => setTyped(event.target.checked ? (sender.send_window ?? USUAL) : null)}
        >
          Send only at certain hours
        </Checkbox>
        {window && <Hours window={window} faults={faults} onChange={change} />}
        {update.isError && (
          <p role="alert" className="text-danger">
            {messageOf(update.error)}
          </p>
        )}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" look={typed === undefined ? 'secondary' : 'primary'} busy={update.isPending}>
            Save send window
          </Button>
          <p role="status" className="text-accent">
            {update.isSuccess && typed === undefined && savedWords(sender.send_window)}
          </p>
        </div>
      </form>
    </Panel>
  );
}

interface HoursProps {
  window: SendWindow;
  faults: Faults;
  onChange: (part: Partial<SendWindow>) => void;
}

function Hours({ window, faults, onChange }: HoursProps) {
  return (
    <>
      <div className="grid grid-cols-2 gap-4">
        <TextField
          id="window_from"
          label="From"
          type="time"
          required
          value={window.from}
          error={faults.from}
          onChange={(event) => onChange({ from: event.target.value })}
        />
        <TextField
          id="window_to"
          label="To"
          type="time"
          required
          value={window.to}
          error={faults.to}
          onChange={(event) => onChange({ to: event.target.value })}
        />
      </div>
      <fieldset aria-describedby={faults.days ? 'window_days-error' : undefined}>
        <legend className="font-medium">Days</legend>
        <div className="grid grid-cols-2 gap-x-4 md:grid-cols-3">
          {WEEKDAYS.map((day) => (
            <Checkbox
              key={day}
              id={`window_${day}`}
              checked={window.days.includes(day)}
              onChange={(event) =>
                onChange({
                  days: WEEKDAYS.filter((each) =>
                    each === day ? event.target.checked : window.days.includes(each),
                  ),
                })
              }
            >
              {dayWord(day)}
            </Checkbox>
          ))}
        </div>
        {faults.days && (
          <p id="window_days-error" className="mt-1 text-danger">
            {faults.days}
          </p>
        )}
      </fieldset>
      {Object.keys(faults).length === 0 && (
        <p className="text-muted">
          Open {windowWords(window)}. In a country with several zones it is open while it is in all of them.
        </p>
      )}
    </>
  );
}

type Faults = Partial<Record<keyof SendWindow, string>>;

function faultsOf(window: SendWindow | null): Faults {
  const verdict = window && sendWindowSchema.safeParse(window);
  const faults: Faults = {};
  for (const { path, message } of verdict?.error?.issues ?? []) {
    const [field] = path;
    if (field === 'from' || field === 'to' || field === 'days') faults[field] ??= message;
  }
  return faults;
}

function savedWords(window: SendWindow | null): string {
  return window ? `People are written to from ${windowWords(window)}.` : 'People are written to at any hour.';
}
