'use client';

import { FileSpreadsheet, Trash2 } from 'lucide-react';
import type { AudienceFile, Delimiter, Encoding } from '@/components/audience/types';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { countOf } from '@/components/ui/numbers';
import { SelectField } from '@/components/ui/select-field';
import type { ListState } from './use-list';

const ENCODINGS: { value: Encoding; word: string }[] = [
  { value: 'utf-8', word: 'UTF-8' },
  { value: 'windows-1252', word: 'Western (Windows-1252)' },
  { value: 'utf-16le', word: 'UTF-16 (little endian)' },
  { value: 'utf-16be', word: 'UTF-16 (big endian)' },
];

const DELIMITERS: { value: Delimiter; word: string }[] = [
  { value: ',', word: 'Comma ,' },
  { value: ';', word: 'Semicolon ;' },
  { value: '\t', word: 'Tab' },
  { value: '|', word: 'Pipe |' },
];

const SHOWN_ROWS = 5;

/** What was read, and how; both can be put right. */
export function FileFacts({ list, file }: { list: ListState; file: AudienceFile }) {
  return (
    <div className="space-y-6">
      <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border bg-surface px-4 py-3">
        <div className="flex min-w-0 items-center gap-3">
          <FileSpreadsheet aria-hidden className="size-5 shrink-0 text-muted" />
          <div className="min-w-0">
            <p className="font-medium break-all">
              <bdi>{file.name}</bdi>
            </p>
            <p className="text-muted" role="status">
              {countOf(file.rowCount, 'row')}, {countOf(file.columns.length, 'column')}, {sizeOf(file.bytes)}
            </p>
          </div>
        </div>
        <Button id="choose-file" onClick={list.remove}>
          <Trash2 aria-hidden />
          Take another list
        </Button>
      </div>
      {file.notices.length > 0 && (
        <Banner look="plain" title="Read with small repairs">
          <ul className="list-disc ps-4">
            {file.notices.map((notice) => (
              <li key={notice}>{notice}</li>
            ))}
          </ul>
        </Banner>
      )}
      {(file.encoding !== null || file.delimiter !== null) && (
        <div className="grid gap-4 md:grid-cols-2">
          {file.encoding !== null && (
            <SelectField
              id="encoding"
              label="Encoding"
              hint="Change it if letters below look wrong."
              value={file.encoding}
              options={ENCODINGS}
              onChange={(event) => list.readAs({ encoding: event.target.value as Encoding })}
            />
          )}
          {file.delimiter !== null && (
            <SelectField
              id="delimiter"
              label="Columns are separated by"
              hint="Change it if all stands in one column."
              value={file.delimiter}
              options={DELIMITERS}
              onChange={(event) => list.readAs({ delimiter: event.target.value as Delimiter })}
            />
          )}
        </div>
      )}
      <FirstRows file={file} />
    </div>
  );
}

function FirstRows({ file }: { file: AudienceFile }) {
  const rows = file.sample.slice(0, SHOWN_ROWS);
  return (
    <div>
      <h3 className="mb-2 font-medium">The first rows</h3>
      <div
        className="overflow-x-auto rounded-lg border bg-surface"
        tabIndex={0}
        role="region"
        aria-label="The first rows"
      >
        <table className="w-full text-start">
          <thead className="border-b text-muted">
            <tr>
              {file.columns.map((column) => (
                <th
                  key={column}
                  scope="col"
                  className="max-w-64 truncate px-4 py-2.5 text-start font-medium whitespace-nowrap"
                >
                  <bdi>{column}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y">
            {rows.map((row, i) => (
              <tr key={i}>
                {file.columns.map((column, j) => (
                  <td
                    key={column}
                    dir="auto"
                    title={row[j]}
                    className="max-w-64 truncate px-4 py-2.5 text-left whitespace-nowrap rtl:text-right"
                  >
                    {row[j]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function sizeOf(bytes: number): string {
  if (bytes < 1024) return countOf(bytes, 'byte');
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
