import type { z } from 'zod';

const KINDS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const FORMATS: Record<string, string> = {
  uuid: 'an id as the API gives it (a UUID)',
  datetime: 'a time with its zone, like 2026-11-27T09:00:00Z',
  url: 'a web address, like https://example.com',
  email: 'an email address, like name@example.com',
};

/** What is wrong in words a person can act on, where the schema has none of its own (zod's speak of types). */
export function plainWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'This field is required.';
      return mustBe(KINDS[issue.expected]);
    case 'invalid_format':
      return mustBe(FORMATS[issue.format]);
    case 'invalid_value':
      return mustBe(choice(issue.values));
    case 'too_small':
      if (issue.origin === 'string' && Number(issue.minimum) === 1) return 'Must not be empty.';
      return bound('at least', issue.origin, issue.minimum);
    case 'too_big':
      return bound('at most', issue.origin, issue.maximum);
    case 'invalid_union':
      return 'Has none of the forms that are taken here; see the API document.';
    default:
      return undefined;
  }
}

function mustBe(what: string | undefined): string | undefined {
  return what === undefined ? undefined : `Must be ${what}.`;
}

function choice(values: readonly unknown[]): string {
  const words = values.map(String);
  return words.length === 1 ? words.join() : `one of ${words.join(', ')}`;
}

function bound(which: string, origin: string, limit: number | bigint): string | undefined {
  if (origin === 'string') return `Must have ${which} ${limit} characters.`;
  if (origin === 'array') return `Must have ${which} ${limit} ${Number(limit) === 1 ? 'entry' : 'entries'}.`;
  return origin === 'number' || origin === 'int' ? `Must be ${which} ${limit}.` : undefined;
}
