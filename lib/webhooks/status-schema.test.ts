import { describe, expect, it } from 'vitest';
import { formatAttemptKey } from '@/lib/recipients/attempt-key';
import { readStatus } from './status-schema';

const KEY = {
  campaignId: '01999999-0000-7000-8000-000000000001',
  recipientId: '01999999-0000-7000-8000-000000000002',
  attempt: 3,
};

const status = (values: Record<string, unknown> = {}) => ({
  id: 'wamid.A',
  status: 'delivered',
  timestamp: '1763900000',
  recipient_id: '12025550100',
  ...values,
});

describe('reading a status', () => {
  it('takes the key, the wamid and the time as a string of seconds', () => {
    const raw = status({ biz_opaque_callback_data: formatAttemptKey(KEY) });
    expect(readStatus(raw)).toEqual({
      kind: 'receipt',
      receipt: {
        key: KEY,
        wamid: 'wamid.A',
        kind: 'delivered',
        at: 1763900000,
        errorCode: null,
        errorMessage: null,
      },
    });
  });

  it.each([
    [{ timestamp: 1763900000 }, 1763900000],
    [{ timestamp: 'yesterday' }, null],
    [{ timestamp: undefined }, null],
    [{ timestamp: null }, null],
  ])('takes the time of %j as %s', (values, at) => {
    expect(readStatus(status(values))).toMatchObject({ kind: 'receipt', receipt: { at } });
  });

  it.each([undefined, null, 7, {}, 'somebody else', `${formatAttemptKey(KEY)}x`])(
    'has no key in callback data %j, and goes by the wamid',
    (data) => {
      expect(readStatus(status({ biz_opaque_callback_data: data }))).toMatchObject({
        kind: 'receipt',
        receipt: { key: null, wamid: 'wamid.A' },
      });
    },
  );

  it('counts played as read', () => {
    expect(readStatus(status({ status: 'played' }))).toMatchObject({ receipt: { kind: 'read' } });
  });

  it.each(['deleted', 'warning', 'held_somewhere', 'constructor'])('ignores %s', (kind) => {
    expect(readStatus(status({ status: kind }))).toEqual({ kind: 'ignored' });
  });

  it.each([
    null,
    7,
    'status',
    [],
    {},
    status({ id: undefined }),
    status({ id: 9 }),
    status({ id: 'a\0b' }),
    status({ id: 'x'.repeat(600) }),
    status({ status: 1 }),
  ])('calls %j malformed', (raw) => {
    expect(readStatus(raw)).toMatchObject({ kind: 'malformed' });
  });

  it("keeps a remedy and Meta's words of a failure", () => {
    const errors = [
      {
        code: 131049,
        title: 'Not delivered',
        message: 'Healthy ecosystem',
        error_data: { details: 'Held back' },
      },
    ];
    const read = readStatus(status({ status: 'failed', errors }));
    expect(read).toMatchObject({ kind: 'receipt', receipt: { kind: 'failed', errorCode: 131049 } });
    expect(JSON.stringify(read)).toContain('Held back');
    expect(JSON.stringify(read)).toContain('24 hours');
  });

  it.each([
    [undefined, null],
    [[], null],
    ['oops', null],
    [[{ code: '131026' }], 131026],
    [[{ code: 99_999_999_999 }], null],
    [[{ code: 131026, error_data: 'plain words' }], 131026],
    [[{ code: 131026, message: 'a\0b\ud800' }], 131026],
  ])('takes a failure with errors %j', (errors, errorCode) => {
    const read = readStatus(status({ status: 'failed', errors }));
    expect(read).toMatchObject({ kind: 'receipt', receipt: { errorCode } });
    if (read.kind === 'receipt') expect(read.receipt.errorMessage).not.toMatch(/\0|\ud800/);
  });
});
