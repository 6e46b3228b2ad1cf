'use client';

import { FlaskConical } from 'lucide-react';
import Link from 'next/link';
import { TemplateBubble } from '@/components/templates/template-bubble';
import { buttonLook } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { TextField } from '@/components/ui/text-field';
import { Banner } from '@/components/ui/banner';
import type { Sender } from '@/lib/senders/schema';
import type { Template } from '@/lib/templates/schema';
import { fieldWord } from './field-word';
import { AddMessage, MessageList } from './message-list';
import { suggestName } from './suggest-name';
import { TemplateChoice } from './template-choice';
import type { WizardState } from './use-wizard';

/** Who sends, what, and under which name it will be found again. */
export function TemplateStep({ wizard, isTried }: { wizard: WizardState; isTried: boolean }) {
  const { draft, senders, templates, sender, messages, shown, missing } = wizard;
  const { template: first } = messages.all[0];
  const { key, template } = messages.all[shown] ?? messages.all[0];
  const isTest = messages.all.length > 1;
  if (senders.length === 0) return <NoSender />;

  const errorOf = (field: string) =>
    isTried
      ? missing.template.find((each) => each.field === field && (each.of ?? shown) === shown)?.message
      : undefined;
  const chooseSender = ({ id }: Sender) => {
    if (id === sender?.id) return;
    // Of another sender no template can stay, and nothing is left to test.
    const keeps = first?.sender_id === id;
    draft.update({ sender_id: id, ...(!keeps && { template_id: null, test: null }) });
  };
  const chooseTemplate = (chosen: Template) => {
    messages.choose(shown, chosen);
    draft.update(({ default_country }) => ({
      sender_id: chosen.sender_id,
      default_country: default_country ?? sender?.default_country ?? null,
    }));
    if (draft.name.trim() === '') draft.setName(suggestName(chosen.name));
  };
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="min-w-0 space-y-6">
        <SenderChoice senders={senders} chosen={sender} onChoose={chooseSender} />
        {sender && isTest && <MessageList wizard={wizard} missing={isTried ? missing.template : []} />}
        {sender && (
          <TemplateChoice
            key={`${sender.id} ${shown}`}
            label={isTest ? `Template of message ${key}` : 'Template'}
            templates={templates.filter(({ sender_id }) => sender_id === sender.id)}
            chosen={template}
            error={errorOf('template-search')}
            onChoose={chooseTemplate}
          />
        )}
        {first && !isTest && (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <AddMessage wizard={wizard}>Test several messages</AddMessage>
            <p className="text-muted">
              Up to four against each other: another template, or this one with other values.
            </p>
          </div>
        )}
        <TextField
          id="campaign-name"
          label="Name of the campaign"
          hint="For your team only: the people you write to do not see it."
          value={draft.name}
          maxLength={200}
          dir="auto"
          autoComplete="off"
          error={errorOf('campaign-name')}
          onChange={(event) => draft.setName(event.target.value)}
        />
      </div>
      <section aria-label="Preview of the message" className="space-y-4 lg:sticky lg:top-6 lg:self-start">
        {isTest && <h3 className="font-medium">Message {key}</h3>}
        {template ? (
          <>
            <TemplateBubble template={template} params={{}} />
            <Needs template={template} />
          </>
        ) : (
          <p className="rounded-lg border border-dashed p-6 text-center text-muted">
            Choose a template to see the message here.
          </p>
        )}
      </section>
    </div>
  );
}

/** What the list must bring for this template. */
function Needs({ template }: { template: Template }) {
  if (template.parameters.length === 0)
    return <p className="text-muted">Everybody gets the same text: the list needs phone numbers only.</p>;
  return (
    <div>
      <h3 className="font-medium">The list fills</h3>
      <ul className="mt-1 space-y-1 text-muted">
        {template.parameters.map(({ key, required, example }) => (
          <li key={key} className="break-words">
            <span className="text-ink">{fieldWord(key)}</span>
            {!required && ' (optional)'}
            {example && key !== 'header_media_url' && (
              <>
                , such as “<bdi>{example}</bdi>”
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface SenderChoiceProps {
  senders: readonly Sender[];
  chosen: Sender | null;
  onChoose: (sender: Sender) => void;
}

function SenderChoice({ senders, chosen, onChoose }: SenderChoiceProps) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium">Sender</legend>
      <div className="grid gap-2 md:grid-cols-2">
        {senders.map((sender, i) => (
          <label
            key={sender.id}
            className="flex min-h-11 min-w-0 items-start gap-3 rounded-lg border bg-surface px-4 py-3 has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name="sender"
              id={i === 0 ? 'sender' : undefined}
              className="mt-0.5 size-4 shrink-0 accent-accent"
              checked={sender.id === chosen?.id}
              onChange={() => onChoose(sender)}
            />
            <span className="min-w-0">
              <span className="block text-left font-medium break-words rtl:text-right" dir="auto">
                {sender.name}
              </span>
              <span className="block truncate text-muted">
                {sender.display_phone_number ?? `Number ${sender.phone_number_id}`}
              </span>
              {sender.sandbox && (
                <span className="mt-0.5 flex items-center gap-1.5 text-warn">
                  <FlaskConical aria-hidden className="size-3.5" />
                  Sandbox: reaches no real phone
                </span>
              )}
            </span>
          </label>
        ))}
      </div>
      {chosen?.status === 'DISCONNECTED' && (
        <div className="mt-2">
          <Banner look="warn" title="This number is not connected at WhatsApp">
            Sync the sender once it is.
          </Banner>
        </div>
      )}
    </fieldset>
  );
}

function NoSender() {
  return (
    <EmptyState
      action={
        <Link href="/senders" className={buttonLook('primary')}>
          Add a sender
        </Link>
      }
    >
      A campaign is sent from a WhatsApp number, or from the sandbox to try things out: add one first. This
      draft waits for you.
    </EmptyState>
  );
}
