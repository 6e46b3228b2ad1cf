import { describe, expect, it } from 'vitest';
import { deriveParameters } from './parameters';
import { readSlots } from './read-slots';
import type { TemplateComponent } from './schema';

const body: TemplateComponent = {
  type: 'BODY',
  text: 'Hi {{1}}, order {{2}}.',
  example: { body_text: [['Ana', 'A-17']] },
};
const buttons = (...list: Record<string, unknown>[]): TemplateComponent => ({
  type: 'BUTTONS',
  buttons: list,
});
const carousel = (...cards: TemplateComponent[]): TemplateComponent => ({
  type: 'CAROUSEL',
  cards: cards.map((each) => ({ components: [each] })),
});
const keysOf = (components: TemplateComponent[], format: 'POSITIONAL' | 'NAMED' = 'POSITIONAL') =>
  deriveParameters(components, format).map(({ key }) => key);

describe('a template asks a recipient for', () => {
  it('the body placeholders, by number, with the examples Meta shows', () => {
    expect(deriveParameters([body], 'POSITIONAL')).toEqual([
      { key: 'body_param_1', component: 'body', required: true, example: 'Ana' },
      { key: 'body_param_2', component: 'body', required: true, example: 'A-17' },
    ]);
  });

  it('each placeholder once and by number, however the text orders them', () => {
    const text = 'Order {{2}} of {{1}}: {{2}}, {{10}}, {{ 3 }}';
    expect(keysOf([{ type: 'BODY', text }])).toEqual([
      'body_param_1',
      'body_param_2',
      'body_param_3',
      'body_param_10',
    ]);
  });

  it('named placeholders by their name', () => {
    const named = {
      type: 'BODY',
      text: 'Hi {{first_name}}, use {{code}} before {{end_date}}, {{first_name}}!',
      example: {
        body_text_named_params: [
          { param_name: 'code', example: 'BF26' },
          { param_name: 'first_name', example: 'Ana' },
        ],
      },
    };
    expect(deriveParameters([named], 'NAMED')).toEqual([
      { key: 'body_param_first_name', component: 'body', required: true, example: 'Ana' },
      { key: 'body_param_code', component: 'body', required: true, example: 'BF26' },
      { key: 'body_param_end_date', component: 'body', required: true, example: null },
    ]);
  });

  it('a text header, positional or named, under header_param_1', () => {
    const positional = {
      type: 'HEADER',
      format: 'TEXT',
      text: 'Sale ends {{1}}',
      example: { header_text: ['Monday'] },
    };
    expect(deriveParameters([positional], 'POSITIONAL')).toEqual([
      { key: 'header_param_1', component: 'header', required: true, example: 'Monday' },
    ]);
    const named = {
      type: 'HEADER',
      format: 'TEXT',
      text: 'Sale ends {{end_date}}',
      example: { header_text_named_params: [{ param_name: 'end_date', example: 'Monday' }] },
    };
    expect(deriveParameters([named], 'NAMED')).toEqual([
      { key: 'header_param_1', component: 'header', required: true, example: 'Monday' },
    ]);
  });

  it.each(['IMAGE', 'VIDEO', 'DOCUMENT'])('a link for a header of kind %s', (format) => {
    const header = { type: 'HEADER', format, example: { header_handle: ['https://cdn.example.com/a'] } };
    expect(deriveParameters([header], 'POSITIONAL')).toEqual([
      { key: 'header_media_url', component: 'header', required: true, example: 'https://cdn.example.com/a' },
    ]);
  });

  it('the ending of each URL button that has one, the first without a number', () => {
    const component = buttons(
      { type: 'URL', text: 'Site', url: 'https://example.com/' },
      {
        type: 'URL',
        text: 'Order',
        url: 'https://example.com/o/{{1}}',
        example: ['https://example.com/o/17'],
      },
      { type: 'URL', text: 'Help', url: 'https://example.com/h/{{1}}', example: 'topic' },
    );
    expect(deriveParameters([component], 'POSITIONAL')).toEqual([
      { key: 'button_url_param', component: 'button', required: true, example: '17' },
      { key: 'button_url_param_2', component: 'button', required: true, example: 'topic' },
    ]);
  });

  it('a code to copy, and, if wanted, a payload for each quick reply by its place among them', () => {
    const component = buttons(
      { type: 'QUICK_REPLY', text: 'Yes' },
      { type: 'COPY_CODE', text: 'Copy', example: ['BF26'] },
      { type: 'PHONE_NUMBER', text: 'Call', phone_number: '+15550001' },
      { type: 'QUICK_REPLY', text: 'No' },
    );
    expect(deriveParameters([component], 'POSITIONAL')).toEqual([
      { key: 'button_payload_param_1', component: 'button', required: false, example: null },
      { key: 'button_code_param', component: 'button', required: true, example: 'BF26' },
      { key: 'button_payload_param_2', component: 'button', required: false, example: null },
    ]);
    const indexes = readSlots([component], 'POSITIONAL').slots.map(
      (s) => s.component === 'button' && s.index,
    );
    expect(indexes).toEqual([0, 1, 3]);
  });

  it.each([
    { type: 'OTP', otp_type: 'COPY_CODE', text: 'Copy code' },
    {
      type: 'URL',
      text: 'Copy code',
      url: 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}',
      example: ['https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp123456'],
    },
  ])('one code for an authentication template, filled in its body and its button ($type)', (button) => {
    const code = {
      type: 'BODY',
      text: '*{{1}}* is your verification code.',
      add_security_recommendation: true,
      example: { body_text: [['123456']] },
    };
    const components = [code, { type: 'FOOTER', code_expiration_minutes: 5 }, buttons(button)];
    expect(keysOf(components)).toEqual(['body_param_1']);
    expect(readSlots(components, 'POSITIONAL').slots.map(({ kind, key }) => [kind, key])).toEqual([
      ['text', 'body_param_1'],
      ['url', 'body_param_1'],
    ]);
  });

  it('nothing, when nothing is to be filled', () => {
    const components = [
      { type: 'HEADER', format: 'TEXT', text: 'Hello' },
      { type: 'BODY', text: 'Hello {{name}}' },
      { type: 'FOOTER', text: 'Not {{1}}' },
      buttons({ type: 'URL', text: 'Site', url: 'https://example.com/' }),
    ];
    expect(readSlots(components, 'POSITIONAL')).toEqual({ slots: [], cards: [], unsupported: [] });
  });

  it('header, body, buttons in this order, whatever order Meta listed them in', () => {
    const header = { type: 'HEADER', format: 'TEXT', text: '{{1}}' };
    const copy = buttons({ type: 'COPY_CODE' });
    expect(keysOf([copy, body, header])).toEqual([
      'header_param_1',
      'body_param_1',
      'body_param_2',
      'button_code_param',
    ]);
  });
});

describe('a template with richer parts asks a recipient for', () => {
  it('the four parts of a place', () => {
    expect(keysOf([{ type: 'HEADER', format: 'LOCATION' }])).toEqual([
      'header_location_latitude',
      'header_location_longitude',
      'header_location_name',
      'header_location_address',
    ]);
  });

  it('the end of an offer that ends, and of no other', () => {
    const offer = (has_expiration?: boolean) => ({
      type: 'LIMITED_TIME_OFFER',
      limited_time_offer: { text: 'Go', has_expiration },
    });
    expect(keysOf([offer(true)])).toEqual(['offer_expires_at']);
    expect(keysOf([offer(false)])).toEqual([]);
    expect(keysOf([offer()])).toEqual([]);
  });

  it('the parts of each card under the number of the card, its text of at most 160 characters', () => {
    const card = {
      components: [
        { type: 'HEADER', format: 'VIDEO' },
        body,
        buttons({ type: 'URL', url: 'https://e.com/{{1}}' }, { type: 'QUICK_REPLY' }),
      ],
    };
    const parameters = deriveParameters(
      [
        { type: 'BODY', text: '{{1}}' },
        { type: 'CAROUSEL', cards: [card, card] },
      ],
      'POSITIONAL',
    );
    const ofCard = (n: number) =>
      ['header_media_url', 'body_param_1', 'body_param_2', 'button_url_param', 'button_payload_param_1'].map(
        (key) => `card_${n}_${key}`,
      );
    expect(parameters.map(({ key }) => key)).toEqual(['body_param_1', ...ofCard(1), ...ofCard(2)]);
    expect(parameters.find(({ key }) => key === 'card_2_body_param_1')).toMatchObject({
      example: 'Ana',
      max_chars: 160,
    });
  });

  it('the products of a list, the form’s token, a catalogue’s picture; only the first must be there', () => {
    const asked = deriveParameters(
      [buttons({ type: 'MPM' }, { type: 'FLOW' }, { type: 'CATALOG' })],
      'POSITIONAL',
    );
    expect(asked.map(({ key, required }) => [key, required])).toEqual([
      ['button_thumbnail_param', true],
      ['button_products_param', true],
      ['button_flow_token_param', false],
      ['button_flow_data_param', false],
    ]);
    expect(deriveParameters([buttons({ type: 'CATALOG' })], 'POSITIONAL')).toMatchObject([
      { key: 'button_thumbnail_param', required: false },
    ]);
  });

  it.each([
    { type: 'OTP', otp_type: 'COPY_CODE' },
    { type: 'OTP', otp_type: 'ONE_TAP', autofill_text: 'Fill' },
  ])('one code of at most 15 characters for text and button: %j', (button) => {
    expect(deriveParameters([{ type: 'BODY', text: '{{1}}' }, buttons(button)], 'POSITIONAL')).toEqual([
      { key: 'body_param_1', component: 'body', required: true, example: null, max_chars: 15 },
    ]);
  });
});

describe('a part that cannot be filled yet is named', () => {
  it.each([
    [{ type: 'HEADER', format: 'GIF' }, 'a gif header'],
    [{ type: 'HEADER', format: 'PRODUCT' }, 'a product header'],
    [{ type: 'CAROUSEL', cards: [] }, 'a carousel of 0 cards'],
    [{ type: 'CAROUSEL', cards: 'none' }, 'a carousel of an unknown shape'],
    [carousel(buttons({ type: 'SPM', text: 'View' }), body), 'a spm button'],
    [buttons({ type: 'SPM', text: 'View' }), 'a spm button'],
    [buttons({ type: 'ORDER_DETAILS', text: 'Pay' }), 'an order details button'],
    [buttons({ type: 'OTP', otp_type: 'ONE_TAP' }), 'a one-time code button without a code in the body'],
    [{ type: 'BUTTONS', buttons: 'none' }, 'buttons of an unknown shape'],
  ])('%j', (component, words) => {
    expect(readSlots([component], 'POSITIONAL').unsupported).toEqual([words]);
  });

  it('and malformed components never throw', () => {
    const odd = [{ type: 'HEADER', format: 3, text: null }, { type: 'BODY', text: {} }, { type: 'BUTTONS' }];
    expect(() => readSlots(odd, 'NAMED')).not.toThrow();
  });
});
