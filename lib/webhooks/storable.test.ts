import { expect, it } from 'vitest';
import { storableJson } from './storable';

it('takes out what jsonb refuses, in keys and values, and leaves the rest', () => {
  expect(storableJson({ 'a\0': ['\ud800x', 1, null, { b: '\u{1F600}' }], c: undefined })).toEqual({
    'a\uFFFD': ['\uFFFDx', 1, null, { b: '\u{1F600}' }],
    c: null,
  });
});

it('cuts off what is nested without end', () => {
  let deep: unknown = 'end';
  for (let i = 0; i < 5000; i++) deep = [deep];
  expect(JSON.stringify(storableJson(deep))).toContain('too deep');
});
