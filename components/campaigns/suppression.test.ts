import { expect, test } from 'vitest';
import { suppressionOf } from './suppression';

test('what is on the do-not-contact list is said, and only the rest is offered', () => {
  const of = (count: number, on_list: number) =>
    suppressionOf(count, { looked_up: count, on_list, complete: true });
  expect(of(3, 0)).toEqual({ done: '', left: 3 });
  expect(of(3, 1)).toEqual({ done: '1 number on the do-not-contact list.', left: 2 });
  expect(of(3, 3)).toEqual({ done: '3 numbers on the do-not-contact list.', left: 0 });
});

test('who was erased has no number to be added', () => {
  expect(suppressionOf(3, { looked_up: 2, on_list: 2, complete: true }).left).toBe(0);
});

test('of a very large cause only what was looked up is claimed, and all of it is offered', () => {
  expect(suppressionOf(250_000, { looked_up: 10_000, on_list: 10_000, complete: false })).toEqual({
    done: '10,000 of the first 10,000 numbers on the do-not-contact list.',
    left: 250_000,
  });
});
