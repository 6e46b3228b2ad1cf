import { describe, expect, it } from 'vitest';
import { parseEnvelope } from './envelope';

const bytes = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

describe('the envelope', () => {
  it('names the number and the account of each change', () => {
    const value = { metadata: { phone_number_id: '111' }, statuses: [] };
    const entry = [
      { id: '900', changes: [{ field: 'messages', value }] },
      { id: 901, time: 1, changes: [{ field: 'account_update', value: { event: 'X' } }] },
    ];
    expect(parseEnvelope(bytes({ object: 'whatsapp_business_account', entry }))).toEqual([
      { field: 'messages', value, wabaId: '900', phoneNumberId: '111' },
      { field: 'account_update', value: { event: 'X' }, wabaId: '901', phoneNumberId: null },
    ]);
  });

  it('keeps every digit of a template’s id, and leaves texts alone', () => {
    const id = '9007199254740993';
    const reason = `"message_template_id": ${id}`;
    const value = JSON.stringify({ event: 'PAUSED', message_template_id: 0, reason }).replace(
      ':0',
      `: ${id}`,
    );
    const [change] =
      parseEnvelope(bytes(`{"entry":[{"id":"1","changes":[{"field":"f","value":${value}}]}]}`)) ?? [];
    expect(change?.value).toEqual({ event: 'PAUSED', message_template_id: id, reason });
  });

  it('passes over an entry or change that is none', () => {
    const entry = [null, 7, { id: 'a' }, { id: 'b', changes: [null, { value: 1 }, { field: 'messages' }] }];
    expect(parseEnvelope(bytes({ entry }))).toEqual([
      { field: 'messages', value: undefined, wabaId: 'b', phoneNumberId: null },
    ]);
  });

  it.each(['', 'null', '[]', '{', '{}', '{"entry":{}}', '\ud83d\ude00', '['.repeat(100_000)])(
    'is no webhook: %.20s',
    (body) => {
      expect(parseEnvelope(bytes(body))).toBeNull();
    },
  );
});
