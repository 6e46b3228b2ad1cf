import { describe, expect, test } from 'vitest';
import { newSigningSecret, signatureHeaders } from './signature';

// The example that the standard publishes.
const secret = 'whsec_plJ3nmyCDGBKInavdOK15jsl';
const example = {
  id: 'msg_loFOjxBNrRLzqYUf',
  timestamp: 1_731_705_121,
  body: '{"event_type":"ping","data":{"success":true}}',
};
const signature = 'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=';

describe('the signature', () => {
  test('is the standard’s own for its published example', () => {
    expect(signatureHeaders(example, [secret])).toEqual({
      'webhook-id': example.id,
      'webhook-timestamp': '1731705121',
      'webhook-signature': signature,
    });
  });

  test.each([
    ['body', { ...example, body: `${example.body} ` }],
    ['time', { ...example, timestamp: example.timestamp + 1 }],
    ['id', { ...example, id: 'msg_x' }],
  ])('changes with the %s', (_, other) => {
    expect(signatureHeaders(other, [secret])['webhook-signature']).not.toBe(signature);
  });

  test('stands once for each secret that is good', () => {
    const other = newSigningSecret();
    const both = signatureHeaders(example, [other, secret])['webhook-signature']?.split(' ');
    expect(both).toHaveLength(2);
    expect(both?.[1]).toBe(signature);
    expect(both?.[0]).not.toBe(signature);
  });

  test('covers text beyond ASCII by its UTF-8 bytes', () => {
    const [a, b] = ['é', 'e\u0301'].map((body) => signatureHeaders({ ...example, body }, [secret]));
    expect(a).not.toEqual(b);
  });
});

test('a new secret has the standard’s form, 256 bits, and never comes twice', () => {
  const made = newSigningSecret();
  expect(made).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(newSigningSecret()).not.toBe(made);
});
