'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { queryKeys } from '@/components/api/query-keys';
import { messageOf } from '@/components/api/request';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { countOf, formatCount } from '@/components/ui/numbers';
import { TextField } from '@/components/ui/text-field';
import { useIsAlive } from '@/components/ui/use-is-alive';
import { wholeNumber } from '@/components/ui/whole-number';
import type { AutoRetry } from '@/lib/auto-retry/schema';
import type { Campaign } from '@/lib/campaigns/schema';
import type { FailureGroup } from '@/lib/recipients/schema';
import { updateCampaign } from './api';
import { putCampaigns } from './campaign-cache';

const MOST_HOURS = 168;
const MOST_TIMES = 5;

interface AutoRetryProps {
  campaign: Campaign;
  /** The causes after which sending again may help. */
  groups: readonly FailureGroup[];
}

interface Typed {
  codes: (number | null)[];
  hours: string;
  times: string;
}

/** Whether some causes go again without a person: what is set, and a form to set it. */
export function AutoRetryPanel({ campaign, groups }: AutoRetryProps) {
  const client = useQueryClient();
  // null: the form is closed.
  const [typed, setTyped] = useState<Typed | null>(null);
  const change = useMutation({
    mutationFn: (auto_retry: AutoRetry | null) => updateCampaign(campaign.id, { auto_retry }),
    onSuccess: (changed) => {
      setTyped(null);
      putCampaigns(client, [changed]);
      return client.invalidateQueries({ queryKey: queryKeys.timeline(campaign.id) });
    },
  });
  const isAlive = useIsAlive();
  const { auto_retry: set } = campaign;
  if (campaign.status === 'stopped' || (groups.length === 0 && set === null)) return null;
  return (
    <div className="border-t p-4 print:hidden">
      <p className="font-medium">Sending again by itself</p>
      <p className="max-w-[70ch] text-muted">{set ? setWords(set, groups) : 'Off: a person decides.'}</p>
      {change.isError && (
        <p role="alert" className="mt-2 text-danger">
          {messageOf(change.error)}
        </p>
      )}
      {typed === null ? (
        <div className="mt-3 flex flex-wrap gap-2">
          <Button disabled={!isAlive} onClick={() => setTyped(toTyped(set, groups))}>
            {set ? 'Change' : 'Set it up'}
          </Button>
          {set && (
            <Button look="quiet" busy={change.isPending} onClick={() => change.mutate(null)}>
              Switch off
            </Button>
          )}
        </div>
      ) : (
        <AutoRetryForm
          typed={typed}
          groups={groups}
          busy={change.isPending}
          onChange={setTyped}
          onSave={(value) => change.mutate(value)}
        />
      )}
    </div>
  );
}

interface AutoRetryFormProps {
  typed: Typed;
  groups: readonly FailureGroup[];
  busy: boolean;
  /** null: given up. */
  onChange: (typed: Typed | null) => void;
  onSave: (value: AutoRetry) => void;
}

function AutoRetryForm({ typed, groups, busy, onChange, onSave }: AutoRetryFormProps) {
  const hours = wholeNumber(typed.hours, 1, MOST_HOURS);
  const times = wholeNumber(typed.times, 1, MOST_TIMES);
  const isValid = hours !== null && times !== null && typed.codes.length > 0;
  const toggle = (code: number | null, isOn: boolean) =>
    onChange({
      ...typed,
      codes: isOn ? [...typed.codes, code] : typed.codes.filter((each) => each !== code),
    });
  return (
    <form
      noValidate
      className="mt-3 max-w-[70ch] space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (isValid && !busy) onSave({ error_codes: typed.codes, after_hours: hours, times });
      }}
    >
      <fieldset>
        <legend className="mb-1">Who failed because</legend>
        {groups.map(({ error_code: code, meaning, count }) => (
          <Checkbox
            key={code}
            id={`auto-retry-${code ?? 'none'}`}
            checked={typed.codes.includes(code)}
            onChange={(event) => toggle(code, event.target.checked)}
          >
            {meaning} <span className="text-muted">{formatCount(count)} now</span>
          </Checkbox>
        ))}
        {typed.codes.length === 0 && <p className="text-danger">Choose at least one cause.</p>}
      </fieldset>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          id="auto-retry-hours"
          label="Hours after the failure"
          type="number"
          inputMode="numeric"
          min={1}
          max={MOST_HOURS}
          value={typed.hours}
          error={hours === null ? `Give a whole number from 1 to ${MOST_HOURS}.` : undefined}
          onChange={(event) => onChange({ ...typed, hours: event.target.value })}
        />
        <TextField
          id="auto-retry-times"
          label="How often at most"
          type="number"
          inputMode="numeric"
          min={1}
          max={MOST_TIMES}
          value={typed.times}
          error={times === null ? `Give a whole number from 1 to ${MOST_TIMES}.` : undefined}
          onChange={(event) => onChange({ ...typed, times: event.target.value })}
        />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={busy}>
          Save
        </Button>
        <Button look="quiet" onClick={() => onChange(null)}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function setWords(set: AutoRetry, groups: readonly FailureGroup[]): string {
  const causes = set.error_codes.map(
    (code) => groups.find(({ error_code }) => error_code === code)?.meaning ?? `Code ${code ?? 'none'}.`,
  );
  const often = set.times === 1 ? 'once' : `up to ${set.times} times`;
  return `${countOf(set.after_hours, 'hour')} after the failure, ${often} for each person: ${causes.join(' ')}`;
}

function toTyped(set: AutoRetry | null, groups: readonly FailureGroup[]): Typed {
  const codes = groups.map(({ error_code }) => error_code);
  return {
    codes: set ? set.error_codes.filter((code) => codes.includes(code)) : codes,
    hours: String(set?.after_hours ?? 24),
    times: String(set?.times ?? 1),
  };
}
