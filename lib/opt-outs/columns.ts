import { AppError, type Issue } from '@/lib/errors';

/** Where each thing stands in a row of the file: indexes into its cells. */
export interface OptOutColumns {
  phoneNumber: number;
  countryCode: number | undefined;
  reason: number | undefined;
}

export const OPT_OUT_KEYS = ['phone_number', 'country_code', 'reason'] as const;
export type OptOutKey = (typeof OPT_OUT_KEYS)[number];

/** How people and other programs head a column of phone numbers. */
const PHONE_NAMES = ['phone_number', 'phone number', 'phone', 'mobile', 'number', 'whatsapp', 'msisdn'];

/**
 * Finds the columns: by the mapping, else by their names; a file of one column needs none. Throws 422 naming
 * what the file has.
 */
export function optOutFileColumns(
  columns: readonly string[],
  mapping: Partial<Record<OptOutKey, string>> | undefined,
): OptOutColumns {
  const names = columns.map(fold);
  const find = (name: string) => {
    const index = names.indexOf(fold(name));
    return index === -1 ? undefined : index;
  };
  const issues: Issue[] = [];
  const mapped = (key: OptOutKey) => {
    const column = mapping ? mapping[key] : key;
    if (column === undefined) return undefined;
    const index = find(column);
    if (mapping && index === undefined)
      issues.push({
        path: `mapping.${key}`,
        message: `The file has no column “${column}”; it has ${list(columns)}.`,
      });
    return index;
  };
  const found = {
    phoneNumber: mapping ? mapped('phone_number') : guessPhone(columns, find),
    countryCode: mapped('country_code'),
    reason: mapped('reason'),
  };
  const { phoneNumber } = found;
  if (phoneNumber === undefined && issues.length === 0)
    issues.push({
      path: 'mapping.phone_number',
      message: `The phone number needs a column: name one “phone_number”; the file has ${list(columns)}.`,
    });
  if (issues.length > 0 || phoneNumber === undefined) throw unknownColumns(issues);
  return { ...found, phoneNumber };
}

function guessPhone(
  columns: readonly string[],
  find: (name: string) => number | undefined,
): number | undefined {
  for (const name of PHONE_NAMES) {
    const index = find(name);
    if (index !== undefined) return index;
  }
  // A headless list of numbers would lose its first one: such a header is no name.
  return columns.length === 1 && !/^\D*(\d\D*){6,}$/.test(columns[0] ?? '') ? 0 : undefined;
}

function fold(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 30).map((name) => `“${name.slice(0, 60)}”`);
  return shown.join(', ') + (names.length > 30 ? ` and ${names.length - 30} more` : '');
}

function unknownColumns(issues: Issue[]): AppError {
  const message =
    issues.length === 1 && issues[0]
      ? issues[0].message
      : `${issues.length} things about the columns are wrong; see issues.`;
  return new AppError('invalid', 'mapping_invalid', message, { issues });
}
