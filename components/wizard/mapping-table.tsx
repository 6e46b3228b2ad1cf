'use client';

import type { AudienceFile } from '@/components/audience/types';
import type { NamedSource } from '@/lib/recipients/mapping';
import { MEDIA_KINDS, type MediaKind } from '@/lib/media/schema';
import { allSlots, readSlots } from '@/lib/templates/read-slots';
import type { Template } from '@/lib/templates/schema';
import { mediaIdOf } from '@/lib/templates/values/media-reference';
import { fieldWord } from './field-word';
import { fillingOf, isNumber, withFilling } from './messages';
import { SourceField } from './source-field';
import { sourceFieldId, type Missing } from './steps';
import type { WizardState } from './use-wizard';

interface MappingTableProps {
  wizard: WizardState;
  file: AudienceFile;
  /** What finds the numbers, what fills the message that is looked at, or both in one. */
  part: 'numbers' | 'message' | 'all';
  isTried: boolean;
}

interface Line {
  key: string;
  required: boolean;
  example: string | null;
}

/** One line a field: what it is, what fills it, what the first row makes of it. */
export function MappingTable({ wizard, file, part, isTried }: MappingTableProps) {
  const { draft, missing, messages, shown } = wizard;
  const { template } = messages.all[shown] ?? messages.all[0];
  const { mapping, guessed } = fillingOf(draft.contents, shown);
  const isHere = ({ of }: Missing) => of === undefined || of === shown;
  const lines: Line[] = [
    ...(part === 'message' ? [] : NUMBERS),
    ...(part === 'numbers' ? [] : (template?.parameters ?? [])),
  ];
  const change = (key: string, source: NamedSource | undefined) =>
    draft.update((contents) => {
      // What finds the numbers is the first message's to say.
      const of = isNumber(key) ? 0 : shown;
      const { mapping, guessed } = fillingOf(contents, of);
      const { [key]: _replaced, ...others } = mapping;
      return withFilling(contents, of, {
        mapping: source ? { ...others, [key]: source } : others,
        guessed: guessed.filter((each) => each !== key),
      });
    });
  const media = template ? mediaKindsOf(template) : new Map<string, MediaKind>();
  if (lines.length === 0)
    return (
      <p className="rounded-lg border border-dashed p-4 text-muted">
        Everybody gets the same text with this message: there is nothing to fill.
      </p>
    );
  return (
    <ul className="divide-y rounded-lg border bg-surface">
      {lines.map((line) => (
        <li
          key={line.key}
          className="grid gap-x-4 gap-y-2 px-4 py-3 md:grid-cols-[10rem_minmax(0,1fr)_10rem]"
        >
          <div className="md:pt-2">
            <p className="font-medium break-words">{fieldWord(line.key)}</p>
            <p className="text-muted">{line.required ? 'Required' : 'Optional'}</p>
          </div>
          <SourceField
            fieldKey={line.key}
            source={mapping[line.key]}
            columns={file.columns}
            isGuessed={guessed.includes(line.key)}
            isRequired={line.required}
            media={media.get(line.key)}
            error={
              isTried
                ? missing.map.find((each) => isHere(each) && each.field === sourceFieldId(line.key))?.message
                : undefined
            }
            onChange={(source) => change(line.key, source)}
          />
          <p className="min-w-0 text-muted md:pt-2">
            <span className="block text-xs">Sample</span>
            <bdi className="block truncate text-ink">{sampleOf(file, mapping[line.key]) || '–'}</bdi>
          </p>
        </li>
      ))}
    </ul>
  );
}

const NUMBERS: Line[] = [
  { key: 'phone_number', required: true, example: null },
  { key: 'country_code', required: false, example: null },
];

/** Columns that fill nothing, in no message. */
export function UnusedColumns({ wizard, file }: Pick<MappingTableProps, 'wizard' | 'file'>) {
  const { contents } = wizard.draft;
  const used = new Set(
    wizard.messages.all.flatMap((_, i) =>
      Object.values(fillingOf(contents, i).mapping).map(({ column }) => column),
    ),
  );
  const unused = file.columns.filter((column) => !used.has(column));
  if (unused.length === 0) return null;
  return (
    <p className="text-muted">
      Not used:{' '}
      {unused.map((column, i) => (
        <span key={column}>
          {i > 0 && ', '}
          <bdi>{column}</bdi>
        </span>
      ))}
    </p>
  );
}

/** Of each header that takes a file, which kind. */
function mediaKindsOf({ components, parameter_format: format }: Template): ReadonlyMap<string, MediaKind> {
  return new Map(
    allSlots(readSlots(components, format)).flatMap(({ key, kind }) => {
      const found = MEDIA_KINDS.find((each) => each === kind);
      return found ? [[key, found]] : [];
    }),
  );
}

/** What the first row that says something there makes of it. */
function sampleOf(file: AudienceFile, source: NamedSource | undefined): string {
  if (!source) return '';
  const { column, text = '' } = source;
  const index = column === undefined ? -1 : file.columns.indexOf(column);
  const cell = file.sample.map((row) => row[index]?.trim() ?? '').find((each) => each !== '');
  const value = cell ?? text;
  return mediaIdOf(value) === null ? value : 'uploaded file';
}
