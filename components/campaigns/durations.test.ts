import { expect, it } from 'vitest';
import { exactDuration, roughDuration } from './durations';

it('a guess is no more exact than it can be', () => {
  expect([0, 49, 50, 840, 3599, 3600, 9000, 600_000].map(roughDuration)).toEqual([
    'less than a minute',
    'less than a minute',
    'about 1 min',
    'about 14 min',
    'about 1 h 0 min',
    'about 1 h 0 min',
    'about 2 h 30 min',
    'about 7 days',
  ]);
});

it('what is over is told exactly', () => {
  expect([0.3, 1, 59, 252, 7_500].map(exactDuration)).toEqual([
    'less than a second',
    '1 second',
    '59 seconds',
    '4 min 12 s',
    '2 h 5 min',
  ]);
});
