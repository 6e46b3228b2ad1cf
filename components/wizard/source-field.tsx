'use client';

import { Sparkles } from 'lucide-react';
import { cn } from '@/components/ui/class-names';
import { CONTROL, describedBy } from '@/components/ui/labelled';
import type { NamedSource } from '@/lib/recipients/mapping';
import { fieldWord } from './field-word';
import { sourceFieldId } from './steps';

interface SourceFieldProps {
  fieldKey: string;
  source: NamedSource | undefined;
  columns: readonly string[];
  isGuessed: boolean;
  isRequired: boolean;
  error: string | undefined;
  /** undefined: nothing fills it. */
  onChange: (source: NamedSource | undefined) => void;
}

const NOTHING = '';
const FIXED = 'text';
const COLUMN = 'column:';

/** A column, one text for everybody, or a column with a text where it is empty. */
export function SourceField(props: SourceFieldProps) {
  const { fieldKey, source, columns, isGuessed, isRequired, error, onChange } = props;
  const id = sourceFieldId(fieldKey);
  const word = fieldWord(fieldKey);
  // Of each person another: a text for everybody makes no sense there.
  const takesText = fieldKey !== 'phone_number' && fieldKey !== 'country_code';
  const column = source?.column;
  const isGone = column !== undefined && !columns.includes(column);
  const value = column !== undefined ? COLUMN + column : source?.text !== undefined ? FIXED : NOTHING;
  const choose = (next: string) => {
    if (next === NOTHING) onChange(undefined);
    else if (next === FIXED) onChange({ text: source?.text ?? '' });
    else onChange({ column: next.slice(COLUMN.length), ...(source?.text ? { text: source.text } : {}) });
  };
  return (
    <div className="min-w-0 space-y-2">
      <div>
        <label htmlFor={id} className="sr-only">
          {word}: filled by
        </label>
        <select
          id={id}
          value={value}
          required={isRequired}
          aria-invalid={error || isGone ? true : undefined}
          aria-describedby={describedBy(id, error, isGuessed ? 'guessed' : undefined)}
          className={CONTROL}
          onChange={(event) => choose(event.target.value)}
        >
          <option value={NOTHING}>{isRequired ? 'Choose a column…' : 'Nothing'}</option>
          {takesText && <option value={FIXED}>The same text for everybody</option>}
          {isGone && <option value={value}>{column} (not in this file)</option>}
          <optgroup label="Columns">
            {columns.map((each) => (
              <option key={each} value={COLUMN + each}>
                {each}
              </option>
            ))}
          </optgroup>
        </select>
        {isGuessed && !isGone && (
          <p id={`${id}-hint`} className="mt-1 flex items-center gap-1.5 text-info">
            <Sparkles aria-hidden className="size-3.5" />
            Guessed: check it against the sample
          </p>
        )}
        {error && (
          <p id={`${id}-error`} className="mt-1 text-danger">
            {error}
          </p>
        )}
      </div>
      {takesText && value !== NOTHING && (
        <div className={cn(value !== FIXED && 'flex items-center gap-2')}>
          <label htmlFor={`${id}-text`} className={cn(value === FIXED ? 'sr-only' : 'shrink-0 text-muted')}>
            {value === FIXED ? `${word}: the text` : 'If empty'}
          </label>
          <input
            id={`${id}-text`}
            aria-label={value === FIXED ? undefined : `${word}: if the column is empty`}
            value={source?.text ?? ''}
            maxLength={2000}
            dir="auto"
            autoComplete="off"
            placeholder={value === FIXED ? 'The text everybody gets' : 'leave the row out'}
            className={CONTROL}
            onChange={(event) => onChange({ ...source, text: event.target.value })}
          />
        </div>
      )}
    </div>
  );
}
