import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import type { TemplateParameter } from '@/lib/templates/schema';
import { resolveColumns, type NamedSource } from './mapping';

const parameter = (key: string, required = true): TemplateParameter => ({
  key,
  component: 'body',
  required,
  example: null,
});
const parameters = [parameter('body_param_1'), parameter('button_payload_param_1', false)];
const columns = ['Mobile', 'First name', 'CC', 'first name_1'];

const from = (column: number | null, text = '') => ({ column, text });

function named(mapping: Record<string, string>) {
  return Object.fromEntries(Object.entries(mapping).map(([key, column]) => [key, { column }]));
}

function issuesOf(columnNames: string[], mapping?: Record<string, NamedSource>) {
  try {
    resolveColumns({ columns: columnNames, mapping, parameters });
  } catch (error) {
    if (error instanceof AppError) return error.issues;
    throw error;
  }
  return [];
}

describe('columns are found', () => {
  it('by the mapping, names trimmed, in another case when no exact one is there', () => {
    const mapping = named({ phone_number: ' mobile ', country_code: 'CC', body_param_1: 'FIRST NAME' });
    expect(resolveColumns({ columns, mapping, parameters })).toEqual({
      phoneNumber: 0,
      countryCode: from(2),
      parameters: { body_param_1: from(1) },
    });
  });

  it('exact before another case, whatever their order', () => {
    const mapping = named({ phone_number: 'phone', body_param_1: 'Name' });
    const found = resolveColumns({ columns: ['PHONE', 'NAME', 'phone', 'Name'], mapping, parameters });
    expect(found).toMatchObject({ phoneNumber: 2, parameters: { body_param_1: from(3) } });
  });

  it('by their own names without a mapping', () => {
    const ownNames = ['x', 'Body_Param_1', 'phone_number', 'button_payload_param_1'];
    expect(resolveColumns({ columns: ownNames, mapping: undefined, parameters })).toEqual({
      phoneNumber: 2,
      countryCode: from(null),
      parameters: { body_param_1: from(1), button_payload_param_1: from(3) },
    });
  });
});

describe('a parameter may have a text', () => {
  it('for everybody, or for the rows whose column is empty', () => {
    const mapping = { phone_number: { column: 'Mobile' }, body_param_1: { text: 'friend' } };
    expect(resolveColumns({ columns, mapping, parameters }).parameters).toEqual({
      body_param_1: from(null, 'friend'),
    });
    const both = { ...mapping, body_param_1: { column: 'First name', text: 'friend' } };
    expect(resolveColumns({ columns, mapping: both, parameters }).parameters).toEqual({
      body_param_1: from(1, 'friend'),
    });
  });

  it('but the phone number needs a column', () => {
    const issues = issuesOf(columns, { phone_number: { text: '+12025550123' }, body_param_1: { text: 'x' } });
    expect(issues.map(({ path }) => path)).toEqual(['mapping.phone_number']);
  });
});

describe('a wrong mapping is refused', () => {
  it('naming the missing column, and the columns there are', () => {
    const [issue] = issuesOf(columns, named({ phone_number: 'Phone', body_param_1: 'First name' }));
    expect(issue?.path).toBe('mapping.phone_number');
    expect(issue?.message).toContain('no column “Phone”');
    expect(issue?.message).toContain('“Mobile”, “First name”, “CC”');
  });

  it('naming a key the template does not have', () => {
    const wrong = { phone_number: 'Mobile', body_param_1: 'CC', body_param_2: 'CC' };
    const issues = issuesOf(columns, named(wrong));
    expect(issues.map(({ path }) => path)).toEqual(['mapping.body_param_2']);
    expect(issues[0]?.message).toContain('“body_param_2”');
  });

  it('naming every required parameter without a column, and the phone number', () => {
    expect(issuesOf(columns, {}).map(({ path }) => path)).toEqual([
      'mapping.phone_number',
      'mapping.body_param_1',
    ]);
    expect(issuesOf(columns).map(({ path }) => path)).toEqual([
      'mapping.phone_number',
      'mapping.body_param_1',
    ]);
  });
});
