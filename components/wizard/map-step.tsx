'use client';

import { useState } from 'react';
import { Banner } from '@/components/ui/banner';
import { EmptyState } from '@/components/ui/empty-state';
import { SelectField } from '@/components/ui/select-field';
import { Button } from '@/components/ui/button';
import { countryOptions } from './countries';
import { MappingTable, UnusedColumns } from './mapping-table';
import { MessageTabs } from './message-tabs';
import { RowFilter, type RowKind } from './row-filter';
import { RowGrid } from './row-grid';
import { RowPreview } from './row-preview';
import { RejectsButton } from './rejects-button';
import { TrackClicks } from './track-clicks';
import type { WizardState } from './use-wizard';

/** What fills the message, and which rows can be sent. */
export function MapStep({ wizard, isTried }: { wizard: WizardState; isTried: boolean }) {
  const { list, messages, go } = wizard;
  const { file, state } = list.audience;
  const isTest = messages.all.length > 1;
  if (messages.all.some(({ template }) => !template)) {
    return (
      <EmptyState action={<Button onClick={() => go('template')}>Choose a template</Button>}>
        {isTest
          ? 'Which columns are needed depends on the templates: choose one for every message first.'
          : 'Which columns are needed depends on the template: choose it first.'}
      </EmptyState>
    );
  }
  if (!file) {
    const isComing = state === 'reading' || list.keeping.kind === 'fetching';
    return (
      <EmptyState action={<Button onClick={() => go('file')}>Go to the recipients</Button>}>
        {isComing ? 'The list is still being read.' : 'There are no recipients yet: add them first.'}
      </EmptyState>
    );
  }
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="min-w-0 space-y-6">
        {isTest && <MappingTable wizard={wizard} file={file} part="numbers" isTried={isTried} />}
        <MessageTabs wizard={wizard} missing={wizard.missing.map} />
        <MappingTable wizard={wizard} file={file} part={isTest ? 'message' : 'all'} isTried={isTried} />
        <UnusedColumns wizard={wizard} file={file} />
        <TrackClicks wizard={wizard} isTried={isTried} />
        <DefaultCountry wizard={wizard} />
        <Rows wizard={wizard} />
      </div>
      <RowPreview wizard={wizard} />
    </div>
  );
}

function DefaultCountry({ wizard: { draft } }: { wizard: WizardState }) {
  const { default_country: country } = draft.contents;
  return (
    <SelectField
      id="default-country"
      label="Country of numbers without a country code"
      hint="A number like 0151 23456789 needs it; one that starts with + does not."
      value={country ?? ''}
      options={[{ value: '', word: 'None: such numbers are not valid' }, ...countryOptions()]}
      onChange={(event) => draft.update({ default_country: event.target.value || null })}
      className="md:max-w-md"
    />
  );
}

function Rows({ wizard }: { wizard: WizardState }) {
  const { checked, rules, list } = wizard;
  const [kind, setKind] = useState<RowKind>('faulty');
  if (!rules) {
    return <p className="text-muted">The rows are checked as soon as every required field is filled.</p>;
  }
  if (checked.failure) {
    return (
      <Banner look="danger" role="alert" title="The rows could not be checked">
        {checked.failure}
      </Banner>
    );
  }
  if (!checked.check) return <p className="text-muted">Checking the rows…</p>;
  const { counts } = checked.check;
  const isTest = wizard.messages.all.length > 1;
  const hasFaults = counts.willSend < counts.total;
  // Without a faulty row there is nothing to mend: then all of them are shown.
  const shown = kind === 'faulty' && !hasFaults ? 'all' : kind;
  return (
    <section aria-labelledby="rows-heading" className="space-y-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 id="rows-heading" className="font-medium">
          Rows
        </h3>
        {hasFaults && <RejectsButton audience={list.audience} />}
      </div>
      {isTest && (
        <p className="max-w-[70ch] text-muted">
          A row is sent only if it is right for every message, so that the groups are alike.
        </p>
      )}
      <RowFilter counts={counts} isChecking={checked.isChecking} kind={shown} onChange={setKind} />
      {/* Not by what is shown: mending the last faulty row must not take the grid from under the hand. */}
      <RowGrid key={kind} wizard={wizard} rules={rules} kind={shown} />
    </section>
  );
}
