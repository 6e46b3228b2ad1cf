import { expect, it } from 'vitest';
import { sendWindowSchema } from './schema';
import type { Weekday } from './weekdays';
import { isSameWindow, windowWords } from './words';

const window = (from: string, to: string, days?: Weekday[]) => sendWindowSchema.parse({ from, to, days });

it('says a window in words', () => {
  expect(windowWords(window('09:00', '20:00'))).toBe('09:00 to 20:00');
  expect(windowWords(window('20:00', '02:00'))).toBe('20:00 to 02:00 the next day');
  expect(windowWords(window('09:00', '20:00', ['mon', 'tue', 'wed']))).toBe(
    '09:00 to 20:00, Monday to Wednesday',
  );
  expect(windowWords(window('09:00', '20:00', ['mon', 'fri']))).toBe('09:00 to 20:00, Monday, Friday');
});

it('tells two apart by what they allow', () => {
  expect(isSameWindow(window('09:00', '20:00'), window('09:00', '20:00', ['mon']))).toBe(false);
  expect(
    isSameWindow(window('09:00', '20:00', ['tue', 'mon']), window('09:00', '20:00', ['mon', 'tue'])),
  ).toBe(true);
  expect(isSameWindow(null, window('09:00', '20:00'))).toBe(false);
  expect(isSameWindow(null, null)).toBe(true);
});
