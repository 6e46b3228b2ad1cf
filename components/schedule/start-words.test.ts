import { expect, it } from 'vitest';
import { lateWords, startWords, zoneWord } from './start-words';

const minutes = (count: number) => count * 60_000;

it('the time until a start is said in minutes, then hours, then days', () => {
  expect(startWords(40_000)).toBe('in less than a minute');
  expect(startWords(minutes(12) + 59_000)).toBe('in 12 m');
  expect(startWords(minutes(3 * 60 + 12))).toBe('in 3 h 12 m');
  expect(startWords(minutes(26 * 60))).toBe('in 26 h');
  expect(startWords(minutes(51 * 60 + 5))).toBe('in 2 d 3 h');
  expect(startWords(minutes(72 * 60))).toBe('in 3 d');
  expect(startWords(-30_000)).toBe('any moment now');
  expect(startWords(minutes(-5))).toBe('5 m late');
});

it('how late it is too, and never as nothing', () => {
  expect(lateWords(minutes(120))).toBe('2 h late');
  expect(lateWords(minutes(125))).toBe('2 h 5 m late');
  expect(lateWords(10)).toBe('1 m late');
});

it('a zone is named without underscores', () => {
  expect(zoneWord('America/Argentina/Buenos_Aires')).toBe('America/Argentina/Buenos Aires');
});
