'use client';

import { useRef, useState, type RefObject, type SubmitEvent } from 'react';
import { StartFacts } from '@/components/schedule/start-facts';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { countOf, formatCount } from '@/components/ui/numbers';
import { TextField } from '@/components/ui/text-field';
import type { Sender } from '@/lib/senders/schema';
import { isTypedCount, TYPED_FROM } from './typed-count';

/** When it starts by itself; `at` in ms since 1970. */
export interface SendStart {
  at: number;
  timeZone: string;
}

interface SendDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  count: number;
  name: string;
  sender: Sender;
  /** null: at once. */
  start: SendStart | null;
  /** Of them: who is outside the sender's window then. */
  waiting: number;
  /** How many messages are tested, and about how many people wait for the choice; null: it is no test. */
  test: { messages: number; waiting: number } | null;
  onSend: () => void;
}

/** The last question. From a hundred messages up the answer is their number. */
export function SendDialog(props: SendDialogProps) {
  const { open, onOpenChange, count, start } = props;
  const field = useRef<HTMLInputElement>(null);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`${verbOf(start)} ${countOf(count, 'message')}?`}
      initialFocus={count >= TYPED_FROM ? field : undefined}
    >
      <Question {...props} field={field} />
    </Dialog>
  );
}

/** Begins anew each time the dialog opens. */
function Question({
  count,
  name,
  sender,
  start,
  waiting,
  test,
  field,
  onOpenChange,
  onSend,
}: SendDialogProps & { field: RefObject<HTMLInputElement | null> }) {
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string>();
  const isTyped = count >= TYPED_FROM;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (isTyped && !isTypedCount(typed, count)) {
      setError(`Type ${formatCount(count)} to ${verbOf(start).toLowerCase()}.`);
      return;
    }
    onOpenChange(false);
    onSend();
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <p className="text-muted">
        <bdi className="font-medium text-ink">“{name}”</bdi> goes to{' '}
        <strong className="font-semibold text-ink">{countOf(count, 'person', 'people')}</strong> from{' '}
        <bdi>{sender.name}</bdi>
        {sender.sandbox && ' on the sandbox'}.{' '}
        {start
          ? 'It starts by itself; until then you can change the time or cancel it.'
          : 'After this you have ten seconds to take it back.'}
      </p>
      {waiting > 0 && (
        <p className="text-muted">
          {formatCount(waiting)} of them {waiting === 1 ? 'waits' : 'wait'} until the send window opens where
          they are.
        </p>
      )}
      {test && <p className="text-muted">{testWords(test)}</p>}
      {start && (
        <div className="rounded-lg border bg-sunken px-4 py-3">
          <StartFacts at={start.at} timeZone={start.timeZone} senderZones={sender.time_zones} />
        </div>
      )}
      {isTyped && (
        <TextField
          id="typed-count"
          label={`Type ${formatCount(count)} to confirm`}
          inputMode="numeric"
          autoComplete="off"
          ref={field}
          value={typed}
          error={error}
          onChange={(event) => {
            setTyped(event.target.value);
            setError(undefined);
          }}
        />
      )}
      <div className="flex flex-col-reverse gap-2 md:flex-row md:justify-end">
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
        <Button type="submit" look="primary">
          {verbOf(start)} {countOf(count, 'message')}
        </Button>
      </div>
    </form>
  );
}

function testWords({ messages, waiting }: { messages: number; waiting: number }): string {
  const all = `It tests ${messages} messages: each person gets one of them, drawn by chance.`;
  return waiting === 0 ? all : `${all} About ${formatCount(waiting)} wait until one of them is chosen.`;
}

function verbOf(start: SendStart | null): string {
  return start ? 'Schedule' : 'Send';
}
