import { describe, expect, it } from 'vitest';
import { ApiError } from '@/components/api/request';
import { faultsOf } from './faults';

const refusal = (issues: { path: string; message: string }[]) =>
  new ApiError(422, 'validation_failed', 'Wrong.', null, issues);

describe('what is wrong with a test', () => {
  it('stands at the number or the parameter it is about', () => {
    const faults = faultsOf(
      refusal([
        { path: 'recipients[1].phone_number', message: 'No number.' },
        { path: 'recipients[0].body_param_1', message: 'Empty.' },
        { path: 'recipients[1].body_param_1', message: 'Empty.' },
      ]),
    );
    expect(faults).toEqual({ numbers: { 1: 'No number.' }, params: { body_param_1: 'Empty.' }, whole: null });
  });

  it('stands at the number also when saving it failed', () => {
    expect(faultsOf(refusal([{ path: 'test_numbers[2]', message: 'No number.' }])).numbers).toEqual({
      2: 'No number.',
    });
  });

  it('is told as a whole when it is of no field', () => {
    const tooMany = new ApiError(429, 'rate_limited', 'Wait a little.', null);
    expect(faultsOf(tooMany)).toEqual({ numbers: {}, params: {}, whole: 'Wait a little.' });
    expect(faultsOf(refusal([{ path: 'template_id', message: 'Not approved.' }])).whole).toBe(
      'Not approved.',
    );
  });
});
