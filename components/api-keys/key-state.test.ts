import { expect, test } from 'vitest';
import { keyState } from './key-state';

const now = Date.parse('2026-11-27T09:00:00Z');

test.each([
  ['live', { expires_at: null, revoked_at: null }],
  ['live', { expires_at: '2026-11-28T09:00:01Z', revoked_at: null }],
  ['ending', { expires_at: '2026-11-28T09:00:00Z', revoked_at: null }],
  ['ending', { expires_at: '2026-11-27T09:00:01Z', revoked_at: null }],
  ['expired', { expires_at: '2026-11-27T09:00:00Z', revoked_at: null }],
  ['revoked', { expires_at: null, revoked_at: '2026-11-27T08:00:00Z' }],
  ['revoked', { expires_at: '2026-11-26T09:00:00Z', revoked_at: '2026-11-25T08:00:00Z' }],
] as const)('a key is %s: %j', (state, key) => {
  expect(keyState(key, now)).toBe(state);
});
