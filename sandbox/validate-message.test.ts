import { describe, expect, test } from 'vitest';
import { check, message, templateOf, verdict } from './testing/message';

const TO = '+14155550123';

describe('the envelope', () => {
  test.each([
    ['no JSON object', undefined, '(#100) The parameter messaging_product is required.'],
    ['no messaging_product', { to: TO }, '(#100) The parameter messaging_product is required.'],
    [
      'another product',
      message(TO, { messaging_product: 'sms' }),
      '(#100) Param messaging_product must be one of {WHATSAPP} - got "sms".',
    ],
    ['no to', message('', {}), '(#100) The parameter to is required.'],
    ['a group', message(TO, { recipient_type: 'group' }), 'recipient_type must be one of {INDIVIDUAL}'],
    ['an unknown type', message(TO, { type: 'fax' }), 'Param type must be one of {AUDIO'],
    ['no template', message(TO, { template: undefined }), 'The parameter template is required.'],
    ['no name', message(TO, { template: { language: { code: 'en' } } }), "template['name'] is required"],
    ['no language', message(TO, { template: { name: 'black_friday' } }), "['language']['code'] is required"],
    [
      'an unknown key in template',
      message(TO, { template: { ...templateOf('hello_world', undefined), colour: 'red' } }),
      'Unexpected key "colour" on param "template".',
    ],
    [
      'callback data of 513 characters',
      message(TO, { biz_opaque_callback_data: 'x'.repeat(513) }),
      'biz_opaque_callback_data must be at most 512',
    ],
    [
      'callback data that is no string',
      message(TO, { biz_opaque_callback_data: { id: 1 } }),
      'biz_opaque_callback_data must be a string',
    ],
  ])('%s is refused with code 100', (_, value, words) => {
    expect(verdict(value)).toMatch(/^100 400 /);
    expect(verdict(value)).toContain(words);
  });

  test('callback data of 512 characters, and no callback data, are fine', () => {
    expect(verdict(message(TO, { biz_opaque_callback_data: 'x'.repeat(512) }))).toBe('taken');
    expect(verdict(message(TO, { biz_opaque_callback_data: undefined }))).toBe('taken');
  });

  test('recipient_type may be left out, and language.policy may be given', () => {
    const template = {
      ...templateOf('hello_world', undefined),
      language: { code: 'en_US', policy: 'deterministic' },
    };
    expect(verdict(message(TO, { recipient_type: undefined, template }))).toBe('taken');
  });

  test('what is no template needs an open service window, which there is not: 131047', () => {
    expect(verdict(message(TO, { type: 'text', text: { body: 'hi' } }))).toMatch(/^131047 400 /);
  });
});

describe('the recipient', () => {
  test.each([
    ['+1 (415) 555-0123', '14155550123'],
    ['+91 98765 43210', '919876543210'],
    ['4155550123', '14155550123'],
    ['+5531987654321', '553187654321'],
    ['+5511987654321', '5511987654321'],
    ['+525512345678', '5215512345678'],
  ])('%s is the WhatsApp user %s', (to, waId) => {
    expect(check(message(to))).toMatchObject({ recipient: { input: to, waId } });
  });

  test("without the plus the sender's country code goes in front, so a full number becomes another one", () => {
    expect(check(message('14155550123'))).toMatchObject({
      recipient: { waId: '114155550123', impossible: true },
    });
  });

  test.each([
    ['+12', '131009 400 The phone number is malformed'],
    ['+1234567890123456', '131009 400 The phone number is malformed'],
    ['+1 415 CALL ME', '131009 400 The phone number is malformed'],
    ['1+4155550123', '131009 400 The phone number is malformed'],
    ['0033612345678', '100 400 Invalid phone number'],
    ['+15550783881', '131021 400 Sender and recipient'],
  ])('%s is refused', (to, words) => {
    expect(verdict(message(to))).toContain(words);
  });
});

describe('the template', () => {
  test.each([
    ['no_such_template', 'en_US', '132001 404 template name (no_such_template) does not exist in en_US'],
    ['black_friday', 'de', '132001 404 template name (black_friday) does not exist in de'],
    ['flash_sale', 'en_US', '132001 404 template name (flash_sale) does not exist in en_US'],
    ['win_big_now', 'en_US', '132001 404 '],
    ['weekly_deals', 'en_US', '132015 400 '],
    ['daily_deals', 'en_US', '132016 400 '],
  ])('%s in %s is refused', (name, language, words) => {
    expect(verdict(message(TO, { template: templateOf(name, [], language) }))).toContain(words);
  });

  test('the same name in another language is another template', () => {
    const five = [
      { type: 'body', parameters: ['a', 'b', 'c', 'd', 'e'].map((value) => ({ type: 'text', text: value })) },
    ];
    const suffix = { type: 'button', sub_type: 'url', index: 0, parameters: [{ type: 'text', text: '1' }] };
    for (const language of ['en_US', 'es']) {
      const template = templateOf('order_confirmation', [...five, suffix], language);
      expect(verdict(message(TO, { template }))).toBe('taken');
    }
  });
});
