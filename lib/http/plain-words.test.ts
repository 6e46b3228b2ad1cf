import { expect, it } from 'vitest';
import { z } from 'zod';
import { plainWords } from './plain-words';

function wordsFor(schema: z.ZodType, value: unknown): string | undefined {
  return schema.safeParse(value, { error: plainWords }).error?.issues[0]?.message;
}

it.each([
  [z.string(), undefined, 'This field is required.'],
  [z.string(), 5, 'Must be text.'],
  [z.number(), '5', 'Must be a number.'],
  [z.number().int(), 1.5, 'Must be a whole number.'],
  [z.int(), 'x', 'Must be a number.'],
  [z.array(z.string()), {}, 'Must be a list.'],
  [z.strictObject({}), [], 'Must be an object.'],
  [z.uuid(), 'x', 'Must be an id as the API gives it (a UUID).'],
  [z.iso.datetime({ offset: true }), 'tomorrow', 'Must be a time with its zone, like 2026-11-27T09:00:00Z.'],
  [z.enum(['a', 'b']), 'c', 'Must be one of a, b.'],
  [z.literal(true), 'yes', 'Must be true.'],
  [z.string().min(1), '', 'Must not be empty.'],
  [z.string().max(3), 'long', 'Must have at most 3 characters.'],
  [z.array(z.string()).min(1), [], 'Must have at least 1 entry.'],
  [z.number().min(1).max(100), 101, 'Must be at most 100.'],
])('%#: says it in plain words', (schema, value, words) => {
  expect(wordsFor(schema, value)).toBe(words);
});

it("leaves a schema's own words alone", () => {
  expect(wordsFor(z.string().min(1, 'Give it a name.'), '')).toBe('Give it a name.');
});
