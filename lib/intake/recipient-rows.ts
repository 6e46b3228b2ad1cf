import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { AppError, type Issue } from '@/lib/errors';
import type { ImportRow } from '@/lib/recipients/import';
import { resolveColumns, takesFormat, type NamedSource } from '@/lib/recipients/mapping';
import { formatsOf, paramsOf, type Mapping } from '@/lib/recipients/params';
import { checkRecipient } from '@/lib/recipients/validate';
import type { TemplateParameter } from '@/lib/templates/schema';
import type { ValueFormats } from '@/lib/templates/values/format';

export const MAX_ISSUES = 100;

/** Rows checked between two turns of the event loop: some 20 ms of work. */
const TURN_ROWS = 1_000;

export interface CheckedRows {
  columns: string[];
  /** What fills each message. */
  mappings: Mapping[];
  rows: ImportRow[];
}

/**
 * Recipients of a JSON body as rows under columns of their keys. All or nothing: throws 422 with the problems
 * of the first hundred wrong rows, each of those rows named at least once. A row must be right for every message.
 */
export async function checkRecipientRows(
  recipients: readonly unknown[],
  messages: readonly RowMessage[],
  formats: ValueFormats = {},
): Promise<CheckedRows> {
  const parameters = messages.flatMap((message) => message.parameters);
  refuseUnknownFormats(formats, parameters);
  const rows: ImportRow[] = [];
  const wrong: Issue[][] = [];
  let wrongRows = 0;
  const named = messages.flatMap(({ mapping }) =>
    Object.values(mapping ?? {}).flatMap(({ column }) => column ?? []),
  );
  const known = [...new Set(['country_code', 'phone_number', ...parameters.map(({ key }) => key), ...named])];
  const fixed = new Set(['country_code', 'phone_number', ...named]);
  const required = new Set(
    messages.flatMap((message) =>
      message.parameters.filter((p) => p.required && !message.mapping?.[p.key]).map(({ key }) => key),
    ),
  );
  const columns = known.filter(
    (key) => fixed.has(key) || required.has(key) || recipients.some((row) => saysSomething(row, key)),
  );
  const mappings = messages.map((message) => mappingOf(message, columns, formats));
  for (const [index, recipient] of recipients.entries()) {
    if (index % TURN_ROWS === TURN_ROWS - 1) await yieldToOthers();
    const { fields, issues } = readFields(recipient, known);
    const cells = columns.map((key) => fields.get(key) ?? '');
    const checked = checkForAll(cells, messages, mappings);
    if (checked.ok && issues.size === 0) {
      // As in a file: the header would be row 1.
      rows.push({
        row: index + 2,
        cells,
        phone: checked.phone,
        callingCode: checked.callingCode,
        country: checked.country,
      });
      continue;
    }
    wrongRows += 1;
    if (wrong.length >= MAX_ISSUES) continue;
    if (!checked.ok && !issues.has('')) {
      for (const { key, message } of checked.problems) if (!issues.has(key)) issues.set(key, message);
    }
    const path = `recipients[${index}]`;
    wrong.push([...issues].map(([key, message]) => ({ path: key ? `${path}.${key}` : path, message })));
  }
  if (wrongRows > 0) throw invalidRecipients(wrong, wrongRows, recipients.length);
  return { columns, mappings, rows };
}

/** One of the campaign's messages: what it needs, and what fills it where that is not the key of its own name. */
export interface RowMessage {
  parameters: readonly TemplateParameter[];
  mapping?: Readonly<Record<string, NamedSource>> | undefined;
}

function mappingOf(
  { parameters, mapping }: RowMessage,
  columns: readonly string[],
  formats: ValueFormats,
): Mapping {
  const byName = Object.fromEntries(
    parameters
      .filter(({ key }) => columns.includes(key))
      .map(({ key }) => {
        const format = formats[key];
        return [key, { column: key, ...(format ? { format } : {}) }];
      }),
  );
  const numbers = { phone_number: { column: 'phone_number' } };
  return resolveColumns({ columns, mapping: { ...byName, ...mapping, ...numbers }, parameters }).parameters;
}

/** The first message that refuses the row says why. */
function checkForAll(cells: string[], messages: readonly RowMessage[], mappings: readonly Mapping[]) {
  const results = messages.map(({ parameters }, i) => {
    const mapping = mappings[i] ?? {};
    return checkRecipient(
      { countryCode: cells[0] ?? '', phoneNumber: cells[1] ?? '', params: paramsOf(cells, mapping) },
      { parameters, formats: formatsOf(mapping) },
    );
  });
  const [first] = results;
  if (!first) throw new Error('a campaign has at least one message');
  return results.find(({ ok }) => !ok) ?? first;
}

function refuseUnknownFormats(formats: ValueFormats, parameters: readonly TemplateParameter[]): void {
  const issues = Object.keys(formats).flatMap((key): Issue[] => {
    if (takesFormat(key) && parameters.some((parameter) => parameter.key === key)) return [];
    return [{ path: `formats.${key}`, message: 'Only a parameter of the header or the text has a format.' }];
  });
  if (issues[0]) throw new AppError('invalid', 'formats_invalid', issues[0].message, { issues });
}

function saysSomething(row: unknown, key: string): boolean {
  if (typeof row !== 'object' || row === null || !Object.hasOwn(row, key)) return false;
  const value = (row as Record<string, unknown>)[key];
  return value !== null && value !== undefined && value !== '';
}

/**
 * The row's known fields as text, and what is wrong by key ('' for the row itself). A key the template lacks
 * must not vanish when it says something.
 */
function readFields(
  recipient: unknown,
  known: readonly string[],
): { fields: Map<string, string>; issues: Map<string, string> } {
  const fields = new Map<string, string>();
  const issues = new Map<string, string>();
  if (typeof recipient !== 'object' || recipient === null || Array.isArray(recipient)) {
    issues.set('', 'Must be an object with phone_number and the template’s parameters.');
    return { fields, issues };
  }
  for (const [key, value] of Object.entries(recipient as Record<string, unknown>)) {
    if (value === null || value === undefined || value === '') continue;
    if (!known.includes(key)) {
      issues.set(key, `The template has no such parameter; known here: ${known.join(', ').slice(0, 500)}.`);
    } else if (typeof value === 'string') fields.set(key, value);
    else if (typeof value === 'number') fields.set(key, String(value));
    else issues.set(key, 'Must be text or a number.');
  }
  return { fields, issues };
}

function invalidRecipients(wrong: Issue[][], wrongRows: number, count: number): AppError {
  const all = wrong.flat();
  const issues = all.length <= MAX_ISSUES ? all : wrong.flatMap((row) => row.slice(0, 1));
  const first = issues[0];
  const message =
    wrongRows === 1 && issues.length === 1 && first
      ? `${first.path}: ${first.message}`
      : `${wrongRows} of ${count} recipients are wrong, so nothing was stored; see issues${wrongRows > MAX_ISSUES ? ` for the first ${MAX_ISSUES}` : ''}.`;
  return new AppError('invalid', 'recipients_invalid', message, { issues });
}
