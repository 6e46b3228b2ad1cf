'use client';

import { Sparkles } from 'lucide-react';
import { cn } from '@/components/ui/class-names';
import { CONTROL, describedBy } from '@/components/ui/labelled';
import { MediaField } from '@/components/templates/media-field';
import type { MediaKind } from '@/lib/media/schema';
import { takesFormat, type NamedSource } from '@/lib/recipients/mapping';
import { fieldWord } from './field-word';
import { FormatField } from './format-field';
import { sourceFieldId } from './steps';

interface SourceFieldProps {
  fieldKey: string;
  source: NamedSource | undefined;
  columns: readonly string[];
  isGuessed: boolean;
  isRequired: boolean;
  error: string | undefined;
  /** Of a header's file: what it takes. */
  media: MediaKind | undefined;
  /** undefined: nothing fills it. */
  onChange: (source: NamedSource | undefined) => void;
}

const NOTHING = '';
const FIXED = 'text';
const COLUMN = 'column:';

/** A column, one text for everybody, or a column with a text where it is empty. */
export function SourceField(props: SourceFieldProps) {
  const { fieldKey, source, columns, isGuessed, isRequired, error, media, onChange } = props;
  const id = sourceFieldId(fieldKey);
  const word = fieldWord(fieldKey);
  // Of each person another: a text for everybody makes no sense there.
  const takesText = fieldKey !== 'phone_number' && fieldKey !== 'country_code';
  const column = source?.column;
  const isGone = column !== undefined && !columns.includes(column);
  const value = column !== undefined ? COLUMN + column : source?.text !== undefined ? FIXED : NOTHING;
  const kept = source?.format ? { format: source.format } : {};
  const choose = (next: string) => {
    if (next === NOTHING) onChange(undefined);
    else if (next === FIXED) onChange({ ...kept, text: source?.text ?? '' });
    else
      onChange({
        ...kept,
        column: next.slice(COLUMN.length),
        ...(source?.text ? { text: source.text } : {}),
      });
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
          {takesText && <option value={FIXED}>The same {media ? 'file' : 'text'} for everybody</option>}
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
      {media && value === FIXED && (
        <MediaField
          id={`${id}-text`}
          word={word}
          kind={media}
          value={source?.text ?? ''}
          onChange={(text) => onChange({ text })}
        />
      )}
      {takesText && value !== NOTHING && !(media && value === FIXED) && (
        <TextOfSource
          id={`${id}-text`}
          word={word}
          isFixed={value === FIXED}
          text={source?.text ?? ''}
          hint={HINTS[ownKeyOf(fieldKey)]}
          onChange={(text) => onChange({ ...source, text })}
        />
      )}
      {value !== NOTHING && takesFormat(fieldKey) && (
        <FormatField
          id={`${id}-format`}
          word={word}
          format={source?.format}
          onChange={(format) => {
            const { format: _replaced, ...rest } = source ?? {};
            onChange(format ? { ...rest, format } : rest);
          }}
        />
      )}
    </div>
  );
}

/** What a text for everybody looks like, where that is not words. */
const HINTS: Readonly<Record<string, string>> = {
  offer_expires_at: '2030-11-30T23:59+01:00',
  button_products_param: 'Popular: sku-1, sku-2; New: sku-3',
  header_location_latitude: '37.4833',
  header_location_longitude: '-122.1484',
  button_flow_data_param: '{"plan": "gold"}',
};

interface TextOfSourceProps {
  id: string;
  word: string;
  /** For everybody, rather than where the column is empty. */
  isFixed: boolean;
  text: string;
  hint: string | undefined;
  onChange: (text: string) => void;
}

function TextOfSource({ id, word, isFixed, text, hint, onChange }: TextOfSourceProps) {
  return (
    <div className={cn(!isFixed && 'flex items-center gap-2')}>
      <label htmlFor={id} className={cn(isFixed ? 'sr-only' : 'shrink-0 text-muted')}>
        {isFixed ? `${word}: the text` : 'If empty'}
      </label>
      <input
        id={id}
        aria-label={isFixed ? undefined : `${word}: if the column is empty`}
        value={text}
        maxLength={5000}
        dir="auto"
        autoComplete="off"
        placeholder={isFixed ? (hint ?? 'The text everybody gets') : 'leave the row out'}
        className={CONTROL}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

function ownKeyOf(key: string): string {
  return key.replace(/^card_\d+_/, '');
}
