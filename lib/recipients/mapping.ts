import { AppError, type Issue } from '@/lib/errors';
import type { TemplateParameter } from '@/lib/templates/schema';
import type { ValueFormat, ValueFormats } from '@/lib/templates/values/format';
import type { Mapping, ParameterSource } from './params';

/** Where each thing stands in a row of the file: indexes into its cells. */
export interface ColumnMap {
  phoneNumber: number;
  countryCode: ParameterSource;
  parameters: Mapping;
}

/** A column by its name, a text for everybody, or a column with a text for the rows where it is empty. */
export interface NamedSource {
  column?: string;
  text?: string;
  /** Of a value in the text: an amount or a date rather than words. */
  format?: ValueFormat;
}

export interface MappingQuestion {
  columns: readonly string[];
  /** Parameter key, phone_number or country_code → column name. Absent: columns that bear these names. */
  mapping: Readonly<Record<string, NamedSource>> | undefined;
  parameters: readonly TemplateParameter[];
}

/** What finds the numbers in a list; every other key of a mapping fills a message (browser-safe). */
export const NUMBER_KEYS: readonly string[] = ['phone_number', 'country_code'];

/** All that a mapping for a template with these parameters may name (browser-safe). */
export function keysOfMapping(parameters: readonly Pick<TemplateParameter, 'key'>[]): string[] {
  return [...NUMBER_KEYS, ...parameters.map(({ key }) => key)];
}

const NOTHING: ParameterSource = { column: null, text: '' };

/** Finds the columns (browser-safe). Throws 422 naming every column, key or required parameter that is wrong. */
export function resolveColumns({ columns, mapping, parameters }: MappingQuestion): ColumnMap {
  const find = columnFinder(columns);
  const known = keysOfMapping(parameters);
  const found = new Map<string, ParameterSource>();
  const issues: Issue[] = [];
  if (mapping) {
    for (const [key, { column, text = '', format }] of Object.entries(mapping)) {
      const path = `mapping.${key}`;
      const index = column === undefined ? null : find(column);
      if (!known.includes(key)) {
        issues.push({ path, message: `The template has no parameter “${key}”; it has ${list(known)}.` });
      } else if (index === undefined) {
        issues.push({ path, message: `The file has no column “${column}”; it has ${list(columns)}.` });
      } else if (key === 'phone_number' && index === null) {
        issues.push({ path, message: 'Every phone number is another: this needs a column.' });
      } else if (format && !takesFormat(key)) {
        issues.push({ path, message: 'Only a value of the header or the text is an amount or a date.' });
      } else found.set(key, { column: index, text, ...(format ? { format } : {}) });
    }
  } else {
    for (const key of known) {
      const index = find(key);
      if (index !== undefined) found.set(key, { column: index, text: '' });
    }
  }

  const required = ['phone_number', ...parameters.filter((p) => p.required).map(({ key }) => key)];
  for (const key of required) {
    if (found.has(key) || mapping?.[key] !== undefined) continue;
    const what = key === 'phone_number' ? 'The phone number' : `The template's parameter “${key}”`;
    issues.push({
      path: `mapping.${key}`,
      message: `${what} needs a column; the file has ${list(columns)}.`,
    });
  }
  const phoneNumber = found.get('phone_number')?.column;
  if (issues.length > 0 || phoneNumber == null) throw invalidMapping(issues);
  return {
    phoneNumber,
    countryCode: found.get('country_code') ?? NOTHING,
    parameters: Object.fromEntries(
      parameters.flatMap(({ key }) => {
        const source = found.get(key);
        return source === undefined ? [] : [[key, source]];
      }),
    ),
  };
}

/** Amounts and dates stand where words could: in the texts of header and body, a card's too (reference §1). */
export function takesFormat(key: string): boolean {
  return /^(card_\d+_)?(body|header)_param_/.test(key);
}

/** The formats of a mapping whose columns are named (browser-safe). */
export function formatsIn(mapping: Readonly<Record<string, NamedSource>>): ValueFormats {
  return Object.fromEntries(
    Object.entries(mapping).flatMap(([key, { format }]) => (format ? [[key, format]] : [])),
  );
}

/** Exact names win over names in another case; of equal ones the first. */
function columnFinder(columns: readonly string[]): (name: string) => number | undefined {
  const exact = new Map<string, number>();
  const folded = new Map<string, number>();
  columns.forEach((column, i) => {
    const name = column.trim().normalize('NFC');
    if (!exact.has(name)) exact.set(name, i);
    if (!folded.has(name.toLowerCase())) folded.set(name.toLowerCase(), i);
  });
  return (wanted) => {
    const name = wanted.trim().normalize('NFC');
    return exact.get(name) ?? folded.get(name.toLowerCase());
  };
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 30).map((name) => `“${name.slice(0, 60)}”`);
  return shown.join(', ') + (names.length > 30 ? ` and ${names.length - 30} more` : '');
}

function invalidMapping(issues: Issue[]): AppError {
  const message =
    issues.length === 1 && issues[0]
      ? issues[0].message
      : `${issues.length} things about the columns are wrong; see issues.`;
  return new AppError('invalid', 'mapping_invalid', message, { issues });
}
