import { expect, test } from 'vitest';
import { mappedColumns } from './row-grid-columns';

const rules = {
  parameters: [],
  mapping: { phone_number: { column: 'Mobile' }, body_param_1: { column: 'Name' } },
  defaultCountry: null,
};

test('the columns that fill something are shown in the order of the file', () => {
  const columns = mappedColumns(['Name', 'Unused', 'Mobile'], rules);
  expect(columns.map(({ name, index, keys }) => [name, index, keys])).toEqual([
    ['Name', 0, ['body_param_1']],
    ['Mobile', 2, ['phone_number']],
  ]);
});

test('of a test those of every message, and a problem is about the column that fills that message', () => {
  const other = {
    parameters: [],
    mapping: { ...rules.mapping, body_param_1: { column: 'Town' }, body_param_2: { column: 'Name' } },
  };
  const columns = mappedColumns(['Name', 'Town', 'Mobile'], { ...rules, others: [other] });
  expect(columns.map(({ name, keys }) => [name, keys])).toEqual([
    ['Name', ['body_param_1', 'body_param_2']],
    ['Town', ['body_param_1']],
    ['Mobile', ['phone_number']],
  ]);
  const meant = (variant: number) =>
    columns.filter(({ isMeant }) => isMeant({ key: 'body_param_1', variant })).map(({ name }) => name);
  expect([meant(0), meant(1)]).toEqual([['Name'], ['Town']]);
});
