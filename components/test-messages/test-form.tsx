'use client';

import { useState } from 'react';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { countOf } from '@/components/ui/numbers';
import { TextField } from '@/components/ui/text-field';
import { normalizeOwnNumber } from '@/lib/settings/own-number';
import type { Settings } from '@/lib/settings/schema';
import type { ValueFormats } from '@/lib/templates/values/format';
import { faultsOf, NO_FAULTS } from './faults';
import { NumberFields, numbersOf, toEntries } from './number-fields';
import { parameterWord } from './parameter-word';
import { useSendTest } from './use-send-test';

export interface TestValues {
  numbers: string[];
  params: Record<string, string>;
  /** Of values that are amounts or dates. */
  formats: ValueFormats;
}

interface TestFormProps {
  templateId: number;
  trackClicks: Readonly<Record<string, string>> | null;
  settings: Settings;
  initial: TestValues;
  onSending: (isSending: boolean) => void;
  onSent: (campaignId: string, values: TestValues) => void;
}

/** Numbers and values of a test. */
export function TestForm({ templateId, trackClicks, settings, initial, onSending, onSent }: TestFormProps) {
  const [entries, setEntries] = useState(() => toEntries(initial.numbers));
  const [params, setParams] = useState(initial.params);
  const [save, setSave] = useState(settings.test_numbers.length === 0);
  const [wrong, setWrong] = useState<Record<number, string>>({});
  const numbers = numbersOf(entries);
  const send = useSendTest((campaignId) => onSent(campaignId, { numbers, params, formats: initial.formats }));
  const faults = send.isError ? faultsOf(send.error) : NO_FAULTS;
  const isNew = numbers.join() !== settings.test_numbers.join();

  function submit(): void {
    if (send.isPending) return;
    const found = wrongNumbers(numbers, settings.default_country);
    setWrong(found);
    send.reset();
    if (Object.keys(found).length > 0) return;
    onSending(true);
    send.mutate(
      {
        templateId,
        trackClicks,
        numbers,
        params,
        formats: initial.formats,
        defaultCountry: settings.default_country,
        save: save && isNew,
      },
      { onSettled: () => onSending(false) },
    );
  }

  return (
    <form
      noValidate
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {faults.whole && (
        <Banner look="danger" title="The test was not sent" role="alert">
          {faults.whole}
        </Banner>
      )}
      <NumberFields
        entries={entries}
        faults={{ ...wrong, ...faults.numbers }}
        country={settings.default_country}
        onChange={(next) => {
          setWrong({});
          setEntries(next);
        }}
      />
      {isNew && (
        <Checkbox
          id="test-save-numbers"
          checked={save}
          onChange={(event) => setSave(event.target.checked)}
          className="-mt-3"
        >
          Save as my test numbers
        </Checkbox>
      )}
      <ParameterFields params={params} faults={faults.params} onChange={setParams} />
      <p className="text-muted">
        These are real messages, under the sender’s limits. They count in no campaign.
      </p>
      <div className="flex md:justify-end">
        <Button type="submit" look="primary" busy={send.isPending} className="w-full md:w-auto">
          {numbers.length > 1 ? `Send to ${countOf(numbers.length, 'number')}` : 'Send the test'}
        </Button>
      </div>
    </form>
  );
}

/** By index; none at all is wrong too. */
function wrongNumbers(numbers: readonly string[], country: string | null): Record<number, string> {
  if (numbers.length === 0) return { 0: 'Enter at least one number.' };
  const checked = numbers.map((text, i) => ({ i, result: normalizeOwnNumber(text, country) }));
  return Object.fromEntries(checked.flatMap(({ i, result }) => (result.ok ? [] : [[i, result.reason]])));
}

interface ParameterFieldsProps {
  params: Record<string, string>;
  faults: Record<string, string>;
  onChange: (params: Record<string, string>) => void;
}

function ParameterFields({ params, faults, onChange }: ParameterFieldsProps) {
  const keys = Object.keys(params);
  if (keys.length === 0) return null;
  return (
    <fieldset className="space-y-3">
      <legend className="mb-3 font-medium">Values in this message</legend>
      {keys.map((key) => (
        <TextField
          key={key}
          id={`test-${key}`}
          label={parameterWord(key)}
          dir="auto"
          value={params[key]}
          error={faults[key]}
          onChange={(event) => onChange({ ...params, [key]: event.target.value })}
        />
      ))}
    </fieldset>
  );
}
