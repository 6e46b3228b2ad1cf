'use client';

import type { Sender } from '@/lib/senders/schema';
import type { Template } from '@/lib/templates/schema';
import { CONTROL } from '@/components/ui/labelled';
import { SearchField } from '@/components/ui/search-field';
import type { TemplateFilters } from './filters';
import { languageWord, plainWord, statusWord } from './words';

interface TemplateFiltersProps {
  filters: TemplateFilters;
  onChange: (filters: TemplateFilters) => void;
  templates: readonly Template[];
  senders: readonly Sender[];
}

/** Narrows the list as one types or chooses. */
export function TemplateFilterBar({ filters, onChange, templates, senders }: TemplateFiltersProps) {
  const set = (name: keyof TemplateFilters) => (value: string) => onChange({ ...filters, [name]: value });
  const choices = (read: (template: Template) => string, chosen: string) =>
    // What the address names is offered too, else the select would say something else than the list.
    [...new Set([...templates.map(read), ...(chosen ? [chosen] : [])])];
  return (
    <search className="grid grid-cols-2 gap-2 md:flex">
      <SearchField
        aria-label="Search by name or text"
        placeholder="Search by name or text"
        value={filters.search}
        onChange={(event) => set('search')(event.target.value)}
        className="col-span-2 md:max-w-xs md:flex-1 md:basis-48"
      />
      <Choice
        label="Language"
        all="All languages"
        value={filters.language}
        onChange={set('language')}
        options={choices(({ language }) => language, filters.language).map((value) => [
          value,
          languageWord(value),
        ])}
      />
      <Choice
        label="Category"
        all="All categories"
        value={filters.category}
        onChange={set('category')}
        options={choices(({ category }) => category, filters.category).map((value) => [
          value,
          plainWord(value),
        ])}
      />
      <Choice
        label="Status"
        all="All statuses"
        value={filters.status}
        onChange={set('status')}
        options={choices(({ status }) => status, filters.status).map((value) => [value, statusWord(value)])}
      />
      {senders.length > 1 && (
        <Choice
          label="Sender"
          all="All senders"
          value={filters.sender}
          onChange={set('sender')}
          options={senders.map(({ id, name }) => [id, name])}
        />
      )}
    </search>
  );
}

interface ChoiceProps {
  label: string;
  all: string;
  value: string;
  onChange: (value: string) => void;
  options: (readonly [value: string, word: string])[];
}

function Choice({ label, all, value, onChange, options }: ChoiceProps) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className={`${CONTROL} min-w-0 md:w-auto md:max-w-48`}
    >
      <option value="">{all}</option>
      {options
        .toSorted(([, a], [, b]) => a.localeCompare(b, 'en'))
        .map(([option, word]) => (
          <option key={option} value={option}>
            {word}
          </option>
        ))}
    </select>
  );
}
