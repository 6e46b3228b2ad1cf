'use client';

import { Search } from 'lucide-react';
import Link from 'next/link';
import { useId, useMemo, useState } from 'react';
import { buttonLook } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { languageWord, plainWord } from '@/components/templates/words';
import { TextField } from '@/components/ui/text-field';
import type { Template } from '@/lib/templates/schema';

interface TemplateChoiceProps {
  /** What is chosen here. */
  label: string;
  templates: readonly Template[];
  chosen: Template | null;
  error: string | undefined;
  onChoose: (template: Template) => void;
}

/** Those that can be sent first; the others cannot be chosen, and say why. */
export function TemplateChoice({ label, templates, chosen, error, onChoose }: TemplateChoiceProps) {
  const [search, setSearch] = useState('');
  const found = useMemo(() => sortTemplates(findTemplates(templates, search)), [templates, search]);
  const headingId = useId();
  if (templates.length === 0) {
    return (
      <EmptyState
        action={
          <Link href="/templates" className={buttonLook('primary')}>
            Go to the templates
          </Link>
        }
      >
        This sender has no templates here yet: sync it to fetch them from WhatsApp.
      </EmptyState>
    );
  }
  return (
    <fieldset aria-describedby={error ? `${headingId}-error` : undefined}>
      <legend id={headingId} className="sr-only">
        {label}
      </legend>
      <TextField
        id="template-search"
        label={label}
        type="search"
        placeholder="Search by name or words in it"
        value={search}
        error={error}
        autoComplete="off"
        onChange={(event) => setSearch(event.target.value)}
      />
      <div className="mt-2 max-h-[28rem] divide-y overflow-y-auto rounded-lg border bg-surface">
        {found.length === 0 && (
          <p className="flex items-center gap-2 px-4 py-6 text-muted">
            <Search aria-hidden className="size-4" />
            No template matches this search.
          </p>
        )}
        {found.map((template) => (
          <TemplateOption
            key={template.id}
            template={template}
            isChosen={template.id === chosen?.id}
            onChoose={onChoose}
          />
        ))}
      </div>
      <p className="sr-only" role="status">
        {search !== '' && `${found.length} of ${templates.length} templates match.`}
      </p>
    </fieldset>
  );
}

interface TemplateOptionProps {
  template: Template;
  isChosen: boolean;
  onChoose: (template: Template) => void;
}

function TemplateOption({ template, isChosen, onChoose }: TemplateOptionProps) {
  const { id, name, language, category, parameters, unsendable_reason: reason } = template;
  return (
    <label
      htmlFor={`template-${id}`}
      className="flex min-h-11 items-start gap-3 px-4 py-3 has-checked:bg-accent-soft has-[:enabled:not(:checked)]:hover:bg-sunken"
    >
      <input
        type="radio"
        name="template"
        id={`template-${id}`}
        className="mt-0.5 size-4 shrink-0 accent-accent"
        checked={isChosen}
        disabled={reason !== null && !isChosen}
        onChange={() => onChoose(template)}
      />
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium break-all">{name}</span>
          <span className="text-muted">
            {languageWord(language)} · {plainWord(category)}
          </span>
        </span>
        <span className="block text-muted">{needsWords(parameters)}</span>
        {reason && <span className="mt-0.5 block text-warn">{reason}</span>}
      </span>
    </label>
  );
}

function needsWords(parameters: Template['parameters']): string {
  const media = parameters.some(({ key }) => key === 'header_media_url');
  const variables = parameters.filter(({ key }) => key !== 'header_media_url').length;
  const parts = [
    ...(variables > 0 ? [`${variables} ${variables === 1 ? 'variable' : 'variables'}`] : []),
    ...(media ? ['a media link'] : []),
  ];
  return parts.length > 0 ? parts.join(' and ') : 'The same for everybody';
}

function findTemplates(templates: readonly Template[], search: string): Template[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return templates.filter(({ name, language, category, components }) => {
    const texts = components.map(({ text }) => (typeof text === 'string' ? text : ''));
    const haystack = [name, name.replaceAll('_', ' '), language, category, ...texts].join('\n').toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
}

function sortTemplates(templates: Template[]): Template[] {
  const isBarred = ({ unsendable_reason: reason }: Template) => Number(reason !== null);
  return templates.sort((a, b) => isBarred(a) - isBarred(b));
}
