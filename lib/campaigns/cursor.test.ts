import { describe, expect, it } from 'vitest';
import { formatCursor, parseCursor } from './cursor';

const id = '0199aaaa-0000-7000-8000-000000000001';

describe('campaign cursor', () => {
  it('comes back with every microsecond', () => {
    const cursor = { createdAt: '2026-11-23 10:00:00.123456+00', id };
    expect(parseCursor(formatCursor(cursor))).toEqual(cursor);
  });

  it.each([
    ['nothing', ''],
    ['not base64url', '%%%'],
    ['not JSON', Buffer.from('hello').toString('base64url')],
    ['another shape', Buffer.from('{"a":1}').toString('base64url')],
    ['SQL in the time', Buffer.from(JSON.stringify(["now'::text--", id])).toString('base64url')],
    ['a month 13', Buffer.from(JSON.stringify(['2026-13-01 00:00:00+00', id])).toString('base64url')],
    [
      'an id that is none',
      Buffer.from(JSON.stringify(['2026-11-23 10:00:00+00', 'x'])).toString('base64url'),
    ],
  ])('is refused in one sentence: %s', (_what, text) => {
    expect(() => parseCursor(text)).toThrowError(
      expect.objectContaining({ kind: 'malformed', code: 'invalid_cursor' }),
    );
  });
});
