import { expect, test } from 'vitest';
import { lastTryWords, readable } from './delivery-words';

const at = '2026-11-24T10:00:00.000Z';

test('the last attempt is told in a line', () => {
  const taken = { at, status: 204, duration_ms: 35, error: null, answer: '' };
  const refused = { at, status: 503, duration_ms: 1_200, error: 'Answered 503.', answer: 'Busy' };
  expect(lastTryWords({ tries: [] })).toBe('Not tried yet');
  expect(lastTryWords({ tries: [refused, taken] })).toBe('Answered 204 in 35 ms');
  expect(lastTryWords({ tries: [taken, refused] })).toBe('Answered 503 (1200 ms)');
});

test('a body is laid out for the eye, whatever it is', () => {
  expect(readable('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(readable('no JSON')).toBe('no JSON');
});
