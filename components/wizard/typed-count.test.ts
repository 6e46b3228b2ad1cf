import { expect, it } from 'vitest';
import { isTypedCount } from './typed-count';

it.each([
  ['12480', true],
  [' 12,480 ', true],
  ['12.480', true],
  ['12 480', true],
  ['12\u202f480', true],
  ["12'480", true],
  ['1248', false],
  ['012480', false],
  ['12480 messages', false],
  ['', false],
])('“%s” is the count of 12,480: %s', (text, holds) => {
  expect(isTypedCount(text, 12_480)).toBe(holds);
});
