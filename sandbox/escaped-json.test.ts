import { expect, test } from 'vitest';
import { escapedJson } from './escaped-json';

test('what goes out is ASCII with lowercase escapes and escaped slashes, and says the same', () => {
  const value = {
    name: 'José',
    url: 'https://a.b/c',
    text: 'مرحبا 🎉',
    quote: '"\\/',
    list: [1, true, null],
  };
  const written = escapedJson(value);
  expect(written).toContain('Jos\\u00e9');
  expect(written).toContain('https:\\/\\/a.b\\/c');
  expect(written).toContain('\\ud83c\\udf89');
  expect(/^[\x20-\x7e]*$/.test(written)).toBe(true);
  expect(/\\u[0-9a-f]*[A-F]/.test(written)).toBe(false);
  expect(JSON.parse(written)).toEqual(value);
});
