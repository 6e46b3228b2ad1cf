import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { assertSendable, unsendableReason, type SendableQuestion } from './sendable';

const approved: SendableQuestion = {
  status: 'APPROVED',
  parameter_format: 'POSITIONAL',
  components: [{ type: 'BODY', text: 'Hello {{1}}' }],
  rejected_reason: 'NONE',
};

function failureOf(template: SendableQuestion): AppError {
  try {
    assertSendable(template);
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('the template passed');
}

describe('only a template that will be taken is let through', () => {
  it('an approved one is', () => {
    expect(() => assertSendable(approved)).not.toThrow();
    expect(unsendableReason(approved)).toBeNull();
  });

  it.each([
    'PENDING',
    'IN_APPEAL',
    'REJECTED',
    'PAUSED',
    'DISABLED',
    'DELETED',
    'ARCHIVED',
    'FLAGGED',
    'NEW_ONE',
  ])('the state %s stops it, and the error names the state', (status) => {
    const error = failureOf({ ...approved, status });
    expect([error.kind, error.code]).toEqual(['invalid', 'template_not_approved']);
    expect(error.message).toContain(status);
    expect(unsendableReason({ ...approved, status })).toBe(error.message);
  });

  it("Meta's reason for a rejection is passed on", () => {
    const error = failureOf({ ...approved, status: 'REJECTED', rejected_reason: 'INVALID_FORMAT' });
    expect(error.message).toContain('INVALID_FORMAT');
  });

  it('a part that cannot be filled yet stops it, by name', () => {
    const error = failureOf({
      ...approved,
      components: [...approved.components, { type: 'CALL_PERMISSION_REQUEST' }],
    });
    expect([error.kind, error.code]).toEqual(['invalid', 'template_not_supported']);
    expect(error.message).toContain('a call permission request component');
  });
});
