import { expect, it } from 'vitest';
import { moveBy } from './use-grid-keys';

const size = { rows: 3, columns: 2, page: 10 };

it.each([
  ['ArrowDown', { row: 1, column: 0 }, { row: 2, column: 0 }],
  ['ArrowDown', { row: 2, column: 0 }, { row: 2, column: 0 }],
  ['ArrowUp', { row: 0, column: 1 }, { row: 0, column: 1 }],
  ['ArrowRight', { row: 0, column: 1 }, { row: 0, column: 1 }],
  ['ArrowLeft', { row: 0, column: 1 }, { row: 0, column: 0 }],
  ['End', { row: 1, column: 0 }, { row: 1, column: 1 }],
  ['PageDown', { row: 0, column: 0 }, { row: 2, column: 0 }],
  ['PageUp', { row: 2, column: 0 }, { row: 0, column: 0 }],
  ['a', { row: 0, column: 0 }, null],
])('%s from %o leads to %o, never out of the grid', (key, from, to) => {
  expect(moveBy(key, from, size)).toEqual(to);
});
