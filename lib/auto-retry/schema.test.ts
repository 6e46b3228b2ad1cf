import { expect, test } from 'vitest';
import { setAutoRetrySchema } from './schema';

const words = (value: object) =>
  setAutoRetrySchema.safeParse({ after_hours: 24, times: 1, ...value }).error?.issues.map((i) => i.message);

test('takes what may get better', () => {
  expect(words({ error_codes: [131049, null, 424242] })).toBeUndefined();
  expect(words({ error_codes: [null], after_hours: 1, times: 5 })).toBeUndefined();
});

test('refuses a cause that never gets better, and a wait that is too short for it', () => {
  expect(words({ error_codes: [131026] })).toEqual(['Sending again does not help after 131026.']);
  expect(words({ error_codes: [131049], after_hours: 23 })).toEqual([
    'After 131049 WhatsApp wants people to be left alone for 24 hours: give at least that.',
  ]);
});

test('refuses no cause, no wait and more than a person is to be bothered', () => {
  expect(words({ error_codes: [] })).toEqual(['Name at least one cause.']);
  expect(words({ error_codes: [null], after_hours: 0 })).toHaveLength(1);
  expect(words({ error_codes: [null], times: 6 })).toHaveLength(1);
});
