'use client';

import type { AudienceFile } from '@/components/audience/types';
import type { NamedSource } from '@/lib/recipients/mapping';
import { MEDIA_KINDS, type MediaKind } from '@/lib/media/schema';
import { allSlots, readSlots } from '@/lib/templates/read-slots';
import type { Template } from '@/lib/templates/schema';
import { mediaIdOf } from '@/lib/templates/values/media-reference';
import { fieldWord } from './field-word';
import { SourceField } from './source-field';
import type { WizardState } from './use-wizard';

interface MappingTableProps {
  wizard: WizardState;
  file: AudienceFile;
  template: Template;
  isTried: boolean;
}

interface Line {
  key: string;
  required: boolean;
  example: string | null;
}

/** One line a field: what it is, what fills it, what the first row makes of it. */
export function MappingTable({ wizard, file, template, isTried }: MappingTableProps) {
  const { draft, missing } = wizard;
  const { mapping, guessed } = draft.contents;
  const lines: Line[] = [
    { key: 'phone_number', required: true, example: null },
    { key: 'country_code', required: false, example: null },
    ...template.parameters,
  ];
  const change = (key: string, source: NamedSource | undefined) =>
    draft.update((contents) => {
      const { [key]: _replaced, ...others } = contents.mapping;
      return {
        mapping: source ? { ...others, [key]: source } : others,
        guessed: contents.guessed.filter((each) => each !== key),
      };
    });
  const media = mediaKindsOf(template);
  const used = new Set(Object.values(mapping).map(({ column }) => column));
  const unused = file.columns.filter((column) => !used.has(column));
  return (
    <div>
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
                isTried ? missing.map.find(({ field }) => field === `source-${line.key}`)?.message : undefined
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
      {unused.length > 0 && (
        <p className="mt-2 text-muted">
          Not used:{' '}
          {unused.map((column, i) => (
            <span key={column}>
              {i > 0 && ', '}
              <bdi>{column}</bdi>
            </span>
          ))}
        </p>
      )}
    </div>
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
