import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { refuseUnstorableText, validate } from './validate';

async function issuesOf(schema: z.ZodType, value: unknown) {
  const error: unknown = await validate(schema, value).catch((e: unknown) => e);
  if (!(error instanceof AppError)) throw new Error('it was taken');
  expect(error.code).toBe('validation_failed');
  return error.issues;
}

const list = z.strictObject({
  name: z.string(),
  recipients: z.array(z.strictObject({ phone_number: z.string() })),
});

describe('validation', () => {
  it('names the place as the contract writes it', async () => {
    const recipients = [{ phone_number: '1' }, { phone_number: 2 }, {}];
    expect(await issuesOf(list, { name: 'a', recipients })).toEqual([
      { path: 'recipients[1].phone_number', message: 'Must be text.' },
      { path: 'recipients[2].phone_number', message: 'This field is required.' },
    ]);
  });

  it('names each unknown key', async () => {
    const recipients = [{ phone_number: '1', role: 'x' }];
    const issues = await issuesOf(list, { name: 'a', recipients, tenantId: 1, state: 2 });
    expect(issues.map((issue) => issue.path)).toEqual(['recipients[0].role', 'tenantId', 'state']);
  });

  it('names the first hundred, and says that there are more', async () => {
    const recipients = Array.from({ length: 5000 }, () => ({}));
    const issues = await issuesOf(list, { name: 'a', recipients });
    expect(issues).toHaveLength(100);
    expect(issues[99]?.path).toBe('recipients[99].phone_number');
  });

  it('of alternatives speaks of the closest', async () => {
    const either = z.strictObject({
      to: z.union([z.strictObject({ a: z.string(), b: z.string() }), z.strictObject({ c: z.string() })]),
    });
    expect(await issuesOf(either, { to: { c: 1 } })).toEqual([{ path: 'to.c', message: 'Must be text.' }]);
  });

  it('puts a single issue into the message', async () => {
    await expect(validate(list, { recipients: [] })).rejects.toThrow('name: This field is required.');
  });
});

describe('text that PostgreSQL cannot store', () => {
  it('is refused at its place, NUL and half emojis', () => {
    expect(() => {
      refuseUnstorableText({ a: [{ b: 'x\0y' }] });
    }).toThrow(/^a\[0\]\.b: Holds a character/);
    expect(() => {
      refuseUnstorableText({ a: 'half \ud83d' });
    }).toThrow(/^a: Holds/);
  });

  it('does not take whole emojis for halves', () => {
    refuseUnstorableText({ a: 'whole 😀 👩‍👩‍👧', b: [1, null, true] });
  });
});
