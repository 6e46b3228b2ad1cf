'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { queryKeys } from '@/components/api/query-keys';
import { faultsOf, NO_FAULTS } from '@/components/test-messages/faults';
import { NumberFields, numbersOf, toEntries } from '@/components/test-messages/number-fields';
import { Banner } from '@/components/ui/banner';
import { Checkbox } from '@/components/ui/checkbox';
import { SelectField } from '@/components/ui/select-field';
import type { Settings } from '@/lib/settings/schema';
import { saveSettings } from './api';
import { SaveBar } from './save-bar';
import { Section } from './section';

interface PreferencesFormProps {
  settings: Settings;
  countries: { value: string; word: string }[];
}

/** What a person has chosen for the pages; one button saves all of it. */
export function PreferencesForm({ settings, countries }: PreferencesFormProps) {
  const client = useQueryClient();
  const [entries, setEntries] = useState(() => toEntries(settings.test_numbers));
  const [country, setCountry] = useState(settings.default_country);
  const [hasShortcuts, setShortcuts] = useState(settings.shortcuts_enabled);
  const save = useMutation({
    mutationFn: () =>
      saveSettings({
        test_numbers: numbersOf(entries),
        default_country: country,
        shortcuts_enabled: hasShortcuts,
      }),
    onSuccess: (saved) => {
      client.setQueryData(queryKeys.settings, saved);
      setEntries(toEntries(saved.test_numbers));
    },
  });
  const faults = save.isError ? faultsOf(save.error) : NO_FAULTS;

  /** What was saved is not what stands here any more. */
  function edit(change: () => void): void {
    save.reset();
    change();
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!save.isPending) save.mutate();
      }}
    >
      <Section
        id="test-numbers"
        title="Test numbers"
        lead="Your own phones. A test message goes to them before a campaign goes to anybody."
      >
        <NumberFields
          entries={entries}
          faults={faults.numbers}
          country={country}
          onChange={(next) => edit(() => setEntries(next))}
        />
      </Section>
      <Section
        id="country"
        title="Default country"
        lead="Numbers written without a country code are taken to be of this country, unless the sender has one of its own."
      >
        <SelectField
          id="default-country"
          label="Country"
          value={country ?? ''}
          onChange={(event) => edit(() => setCountry(event.target.value || null))}
          options={[{ value: '', word: 'None: a number without a country code is not valid' }, ...countries]}
        />
      </Section>
      <Section
        id="keyboard"
        title="Keyboard"
        lead="Single keys act on the pages. Switch them off if a voice or switch control types them by mistake."
      >
        <Checkbox
          id="shortcuts"
          checked={hasShortcuts}
          onChange={(event) => edit(() => setShortcuts(event.target.checked))}
        >
          Keyboard shortcuts
        </Checkbox>
      </Section>
      <div className="space-y-4 border-t pt-6">
        {save.isError && (
          <Banner look="danger" title="Your preferences were not saved" role="alert">
            {faults.whole ?? 'One of the numbers is not valid: see above.'}
          </Banner>
        )}
        <SaveBar save="Save preferences" isBusy={save.isPending} done={save.isSuccess ? 'Saved' : null} />
      </div>
    </form>
  );
}
