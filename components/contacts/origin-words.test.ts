import { expect, test } from 'vitest';
import { consentWords, originWords } from './origin-words';

const origin = {
  list_source: 'file',
  list_name: 'people.xlsx',
  added_by: 'Eve',
  attested: true,
  is_test: false,
} as const;

test('where a number came from is said, with who brought it and whether they vouched for its consent', () => {
  expect(originWords(origin)).toBe('From the file “people.xlsx”, by Eve. Consent confirmed.');
  expect(originWords({ ...origin, list_name: null, attested: false })).toBe(
    'From an uploaded file, by Eve. Consent not confirmed.',
  );
  expect(originWords({ ...origin, list_source: 'api', list_name: null, added_by: null })).toBe(
    'Sent through the API. Consent confirmed.',
  );
  expect(originWords({ ...origin, list_source: 'api', is_test: true })).toBe('Typed in for a test, by Eve.');
});

test('of a campaign made before that was kept nothing is claimed', () => {
  expect(originWords({ ...origin, list_source: null, list_name: null })).toBe('');
});

test('the consent names who confirmed it, and the list', () => {
  expect(consentWords(origin)).toBe(
    'Eve confirmed that the people of the list “people.xlsx” agreed to be written to, on',
  );
});
