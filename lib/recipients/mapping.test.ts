import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import type { TemplateParameter } from '@/lib/templates/schema';
import { resolveColumns } from './mapping';

const parameter = (key: string, required = true): TemplateParameter => ({
  key,
  component: 'body',
  required,
  example: null,
});
const parameters = [parameter('body_param_1'), parameter('button_payload_param_1', false)];
const columns = ['Mobile', 'First name', 'CC', 'first name_1'];

function issuesOf(columnNames: string[], mapping?: Record<string, string>) {
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
    const mapping = { phone_number: ' mobile ', country_code: 'CC', body_param_1: 'FIRST NAME' };
    expect(resolveColumns({ columns, mapping, parameters })).toEqual({
      phoneNumber: 0,
      countryCode: 2,
      parameters: { body_param_1: 1 },
    });
  });

  it('exact before another case, whatever their order', () => {
    const mapping = { phone_number: 'phone', body_param_1: 'Name' };
    const found = resolveColumns({ columns: ['PHONE', 'NAME', 'phone', 'Name'], mapping, parameters });
    expect(found).toMatchObject({ phoneNumber: 2, parameters: { body_param_1: 3 } });
  });

  it('by their own names without a mapping', () => {
    const named = ['x', 'Body_Param_1', 'phone_number', 'button_payload_param_1'];
    expect(resolveColumns({ columns: named, mapping: undefined, parameters })).toEqual({
      phoneNumber: 2,
      countryCode: null,
      parameters: { body_param_1: 1, button_payload_param_1: 3 },
    });
  });
});

describe('a wrong mapping is refused', () => {
  it('naming the missing column, and the columns there are', () => {
    const [issue] = issuesOf(columns, { phone_number: 'Phone', body_param_1: 'First name' });
    expect(issue?.path).toBe('mapping.phone_number');
    expect(issue?.message).toContain('no column “Phone”');
    expect(issue?.message).toContain('“Mobile”, “First name”, “CC”');
  });

  it('naming a key the template does not have', () => {
    const issues = issuesOf(columns, { phone_number: 'Mobile', body_param_1: 'CC', body_param_2: 'CC' });
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
