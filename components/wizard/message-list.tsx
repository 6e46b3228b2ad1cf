'use client';

import { Plus, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { languageWord } from '@/components/templates/words';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/class-names';
import { CONTROL } from '@/components/ui/labelled';
import { wholeNumber } from '@/components/ui/whole-number';
import { MOST_MESSAGES, sharesFault } from './messages';
import { shareFieldId, type Missing } from './steps';
import type { WizardMessage } from './use-messages';
import type { WizardState } from './use-wizard';

interface MessageListProps {
  wizard: WizardState;
  missing: readonly Missing[];
}

/** The messages of a test: which one is being chosen, and what part of the people each goes to. */
export function MessageList({ wizard, missing }: MessageListProps) {
  const { messages, shown, show } = wizard;
  const fault = sharesFault(messages.all);
  return (
    <section aria-labelledby="messages-heading" className="space-y-2">
      <h3 id="messages-heading" className="font-medium">
        Messages
      </h3>
      <ul className="divide-y rounded-lg border bg-surface">
        {messages.all.map((message, i) => (
          <MessageLine
            key={message.key}
            message={message}
            isShown={i === shown}
            error={missing.find(({ of }) => of === i)?.message}
            onShow={() => show(i)}
            onShare={(share) => messages.share(i, share)}
            onRemove={() => {
              messages.remove(i);
              show(0);
              focusTemplates();
            }}
          />
        ))}
      </ul>
      <p role="status" className={cn('max-w-[70ch]', fault === null ? 'text-muted' : 'text-warn')}>
        {fault ??
          'Who gets which is drawn by chance for each number and stays; the campaign’s page compares them.'}
      </p>
      {messages.all.length < MOST_MESSAGES && <AddMessage wizard={wizard}>Add another message</AddMessage>}
    </section>
  );
}

/** Begins a test, or adds to it; the new one is chosen next. */
export function AddMessage({ wizard, children }: { wizard: WizardState; children: string }) {
  const { messages, show } = wizard;
  return (
    <Button
      onClick={() => {
        messages.add();
        show(messages.all.length);
        focusTemplates();
      }}
    >
      <Plus aria-hidden />
      {children}
    </Button>
  );
}

/** The list of templates for the message that is shown then is there with the next paint. */
function focusTemplates(): void {
  requestAnimationFrame(() => document.getElementById('template-search')?.focus());
}

interface MessageLineProps {
  message: WizardMessage;
  isShown: boolean;
  error: string | undefined;
  onShow: () => void;
  onShare: (share: number) => void;
  onRemove: () => void;
}

function MessageLine({ message, isShown, error, onShow, onShare, onRemove }: MessageLineProps) {
  const { key, template } = message;
  return (
    <li className={cn('flex flex-wrap items-center gap-x-3 px-2 py-1', isShown && 'bg-accent-soft')}>
      <button
        type="button"
        aria-pressed={isShown}
        onClick={onShow}
        className="flex min-h-11 min-w-0 flex-1 items-center gap-3 px-2 text-start"
      >
        <span className="font-semibold">{key}</span>
        <span className={cn('min-w-0 break-words', !template && 'text-muted')}>
          {template ? `${template.name} · ${languageWord(template.language)}` : 'Choose a template below'}
        </span>
      </button>
      <ShareField messageKey={key} share={message.share} onChange={onShare} />
      <Button look="quiet" aria-label={`Remove message ${key}`} onClick={onRemove}>
        <Trash2 aria-hidden />
      </Button>
      {error && <p className="w-full px-2 pb-1 text-danger">{error}</p>}
    </li>
  );
}

interface ShareFieldProps {
  messageKey: string;
  share: number;
  onChange: (share: number) => void;
}

/** What is typed may be unfinished: only a whole percent is taken. */
function ShareField({ messageKey, share, onChange }: ShareFieldProps) {
  const [text, setText] = useState(String(share));
  // Of two messages the other one's share changes with this.
  useEffect(() => setText(String(share)), [share]);
  const isWrong = wholeNumber(text, 1, 99) === null;
  return (
    <span className="flex shrink-0 items-center gap-1.5">
      {/* As wide as a percent: the control itself takes all there is. */}
      <span className="w-16">
        <input
          id={shareFieldId(messageKey)}
          aria-label={`Message ${messageKey}: percent of the people, 1 to 99`}
          aria-invalid={isWrong || undefined}
          inputMode="numeric"
          autoComplete="off"
          value={text}
          className={`${CONTROL} text-end`}
          onChange={(event) => {
            setText(event.target.value);
            const next = wholeNumber(event.target.value, 1, 99);
            if (next !== null) onChange(next);
          }}
          onBlur={() => setText(String(share))}
        />
      </span>
      <span aria-hidden className="text-muted">
        %
      </span>
    </span>
  );
}
