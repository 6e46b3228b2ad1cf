'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, messageOf } from '@/components/api/request';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { TextField } from '@/components/ui/text-field';
import { WEBHOOK_EVENTS, type WebhookEventType } from '@/lib/webhook-endpoints/events';
import type { EndpointValues } from './api';

interface EndpointFormProps<T> {
  initial: EndpointValues;
  /** What the button does, as a verb. */
  word: string;
  save: (values: EndpointValues) => Promise<T>;
  onSaved: (saved: T) => void;
}

/** Where to call, and of what. */
export function EndpointForm<T>({ initial, word, save, onSaved }: EndpointFormProps<T>) {
  const [values, setValues] = useState(initial);
  const saving = useMutation({ mutationFn: () => save(values), onSuccess: onSaved });
  const issues = saving.error instanceof ApiError ? saving.error.issues : [];
  const faultOf = (field: string) => issues.find(({ path }) => path === field)?.message;
  const eventsFault = issues.find(({ path }) => path.startsWith('events'))?.message;
  const isNamed = [faultOf('url'), faultOf('description'), eventsFault].some(Boolean);
  const set = (change: Partial<EndpointValues>) => setValues({ ...values, ...change });
  return (
    <form
      noValidate
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!saving.isPending) saving.mutate();
      }}
    >
      {saving.isError && !isNamed && (
        <Banner look="danger" title="The endpoint was not saved" role="alert">
          {messageOf(saving.error)}
        </Banner>
      )}
      <TextField
        id="endpoint-url"
        label="Address"
        hint="An https address of your own program, like https://shop.example.com/herald."
        type="url"
        inputMode="url"
        dir="ltr"
        autoComplete="off"
        value={values.url}
        error={faultOf('url')}
        onChange={(event) => set({ url: event.target.value })}
      />
      <TextField
        id="endpoint-description"
        label="What it is for (optional)"
        maxLength={100}
        autoComplete="off"
        dir="auto"
        value={values.description}
        error={faultOf('description')}
        onChange={(event) => set({ description: event.target.value })}
      />
      <EventChoice chosen={values.events} fault={eventsFault} onChange={(events) => set({ events })} />
      <Button type="submit" look="primary" busy={saving.isPending} className="w-full md:w-auto">
        {word}
      </Button>
    </form>
  );
}

interface EventChoiceProps {
  chosen: readonly WebhookEventType[];
  fault: string | undefined;
  onChange: (chosen: WebhookEventType[]) => void;
}

function EventChoice({ chosen, fault, onChange }: EventChoiceProps) {
  return (
    <fieldset aria-describedby={fault ? 'endpoint-events-error' : undefined}>
      <legend className="font-medium">Tell it when</legend>
      {WEBHOOK_EVENTS.map(({ type, word, hint }) => (
        <Checkbox
          key={type}
          id={`event-${type}`}
          checked={chosen.includes(type)}
          onChange={(event) =>
            onChange(event.target.checked ? [...chosen, type] : chosen.filter((each) => each !== type))
          }
        >
          {word}
          <span className="block text-muted">
            {hint} <code>{type}</code>
          </span>
        </Checkbox>
      ))}
      {fault && (
        <p id="endpoint-events-error" role="alert" className="text-danger">
          {fault}
        </p>
      )}
    </fieldset>
  );
}
