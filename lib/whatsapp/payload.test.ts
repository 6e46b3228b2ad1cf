import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveParameters } from '@/lib/templates/parameters';
import type { ParameterFormat, TemplateComponent } from '@/lib/templates/schema';
import { metaObjectionsTo } from '@/tests/fixtures/meta-schema';
import { compileTemplate } from './payload';
import type { MessageComponent, TemplateMessage } from './types';

const buttons = (...list: Record<string, unknown>[]): TemplateComponent => ({
  type: 'BUTTONS',
  buttons: list,
});

function messageFor(
  components: TemplateComponent[],
  params: Record<string, string>,
  format: ParameterFormat = 'POSITIONAL',
): TemplateMessage {
  const template = { name: 'order_update', language: 'en_US', parameter_format: format, components };
  return compileTemplate(template)({ to: '+11234567890', params, callbackData: 'h1.abc' });
}

/** Each as the reference's §1 table, "Template components at send time", shapes it. */
const EXAMPLES: [
  what: string,
  TemplateComponent[],
  Record<string, string>,
  MessageComponent[],
  ParameterFormat?,
][] = [
  [
    'body, positional, in placeholder order',
    [{ type: 'BODY', text: 'Order {{2}} for {{1}}' }],
    { body_param_2: 'A-17', body_param_1: 'Ana' },
    [
      {
        type: 'body',
        parameters: [
          { type: 'text', text: 'Ana' },
          { type: 'text', text: 'A-17' },
        ],
      },
    ],
  ],
  [
    'header and body, named',
    [
      { type: 'HEADER', format: 'TEXT', text: 'Until {{end_date}}' },
      { type: 'BODY', text: 'Hi {{first_name}}' },
    ],
    { header_param_1: 'Monday', body_param_first_name: 'Ana' },
    [
      { type: 'header', parameters: [{ type: 'text', parameter_name: 'end_date', text: 'Monday' }] },
      { type: 'body', parameters: [{ type: 'text', parameter_name: 'first_name', text: 'Ana' }] },
    ],
    'NAMED',
  ],
  [
    'header text, positional',
    [{ type: 'HEADER', format: 'TEXT', text: 'Until {{1}}' }],
    { header_param_1: 'Monday' },
    [{ type: 'header', parameters: [{ type: 'text', text: 'Monday' }] }],
  ],
  [
    'header image',
    [{ type: 'HEADER', format: 'IMAGE' }],
    { header_media_url: 'https://example.com/a.jpg' },
    [{ type: 'header', parameters: [{ type: 'image', image: { link: 'https://example.com/a.jpg' } }] }],
  ],
  [
    'header video',
    [{ type: 'HEADER', format: 'VIDEO' }],
    { header_media_url: 'https://example.com/a.mp4' },
    [{ type: 'header', parameters: [{ type: 'video', video: { link: 'https://example.com/a.mp4' } }] }],
  ],
  [
    'header document, named after its address',
    [{ type: 'HEADER', format: 'DOCUMENT' }],
    { header_media_url: 'https://example.com/x/Invoice%20A-17.pdf?s=1' },
    [
      {
        type: 'header',
        parameters: [
          {
            type: 'document',
            document: {
              link: 'https://example.com/x/Invoice%20A-17.pdf?s=1',
              filename: 'Invoice A-17.pdf',
            },
          },
        ],
      },
    ],
  ],
  [
    'header document without a name in its address',
    [{ type: 'HEADER', format: 'DOCUMENT' }],
    { header_media_url: 'https://example.com/' },
    [{ type: 'header', parameters: [{ type: 'document', document: { link: 'https://example.com/' } }] }],
  ],
  [
    'URL buttons: the ending, at the index of the button',
    [
      buttons(
        { type: 'URL', url: 'https://example.com/' },
        { type: 'URL', url: 'https://example.com/{{1}}' },
        { type: 'URL', url: 'https://example.com/h/{{1}}' },
      ),
    ],
    { button_url_param: 'o/17', button_url_param_2: 'topic' },
    [
      { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: 'o/17' }] },
      { type: 'button', sub_type: 'url', index: '2', parameters: [{ type: 'text', text: 'topic' }] },
    ],
  ],
  [
    'copy code',
    [buttons({ type: 'COPY_CODE', example: ['BF26'] })],
    { button_code_param: 'ANA26' },
    [
      {
        type: 'button',
        sub_type: 'copy_code',
        index: '0',
        parameters: [{ type: 'coupon_code', coupon_code: 'ANA26' }],
      },
    ],
  ],
  [
    'quick replies: only those given a payload',
    [buttons({ type: 'QUICK_REPLY', text: 'Yes' }, { type: 'QUICK_REPLY', text: 'No' })],
    { button_payload_param_2: 'no-17', button_payload_param_1: '' },
    [
      {
        type: 'button',
        sub_type: 'quick_reply',
        index: '1',
        parameters: [{ type: 'payload', payload: 'no-17' }],
      },
    ],
  ],
  [
    'a one-time code, twice',
    [{ type: 'BODY', text: '*{{1}}* is your code.' }, buttons({ type: 'OTP', otp_type: 'COPY_CODE' })],
    { body_param_1: '123456' },
    [
      { type: 'body', parameters: [{ type: 'text', text: '123456' }] },
      { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: '123456' }] },
    ],
  ],
  ['nothing to fill', [{ type: 'BODY', text: 'Hello' }, buttons({ type: 'QUICK_REPLY' })], {}, []],
];

describe('a message', () => {
  it.each(EXAMPLES)("has Meta's shape: %s", (_what, components, params, expected, format) => {
    const message = messageFor(components, params, format);
    expect(message).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '+11234567890',
      type: 'template',
      biz_opaque_callback_data: 'h1.abc',
      template: { name: 'order_update', language: { code: 'en_US' }, components: expected },
    });
    expect(metaObjectionsTo(message)).toEqual([]);
  });

  it('lists header, body and buttons in this order', () => {
    const components = [
      buttons({ type: 'COPY_CODE' }),
      { type: 'BODY', text: '{{1}}' },
      { type: 'HEADER', format: 'TEXT', text: '{{1}}' },
    ];
    const params = { header_param_1: 'a', body_param_1: 'b', button_code_param: 'c' };
    expect(messageFor(components, params).template.components.map(({ type }) => type)).toEqual([
      'header',
      'body',
      'button',
    ]);
  });

  it('is never built without a part that cannot be filled yet', () => {
    const components = [
      { type: 'BODY', text: 'Hi' },
      { type: 'CAROUSEL', cards: [] },
    ];
    expect(() => messageFor(components, {})).toThrow('a carousel of 0 cards');
  });

  it('takes a parameter only from its own key, whatever else the recipient carries', () => {
    const message = messageFor([{ type: 'BODY', text: '{{1}}' }], {
      body_param_1: 'Ana',
      body_param_2: 'no',
      header_param_1: 'no',
    });
    expect(JSON.stringify(message)).not.toContain('no"');
  });
});

describe("Meta's schema", () => {
  const valid = messageFor([{ type: 'BODY', text: '{{1}}' }], { body_param_1: 'Ana' });
  const broken: [string, unknown][] = [
    ['a wrong product', { ...valid, messaging_product: 'telegram', recipient_type: 'nobody' }],
    ['an unknown field', { ...valid, priority: 1 }],
    ['no template', { ...valid, template: undefined }],
    ['a long callback', { ...valid, biz_opaque_callback_data: 'x'.repeat(513) }],
    ['a parameter without text', withComponents([{ type: 'body', parameters: [{ type: 'text' }] }])],
    ['an unknown kind', withComponents([{ type: 'footer', parameters: [] }])],
    ['a button without index', withComponents([{ type: 'button', sub_type: 'url', parameters: [{}] }])],
    [
      'a misspelt name',
      withComponents([{ type: 'body', parameters: [{ type: 'text', text: 'x', param_name: 'y' }] }]),
    ],
  ];

  function withComponents(components: unknown[]): unknown {
    return { ...valid, template: { ...valid.template, components } };
  }

  it.each(broken)('as the tests hold it, objects to %s', (_what, message) => {
    expect(metaObjectionsTo(JSON.parse(JSON.stringify(message)))).not.toEqual([]);
  });
});

const word = fc.string({ minLength: 1, maxLength: 30 });
const name = fc.stringMatching(/^[a-z][a-z_]{0,11}$/);

/** Templates of every kind Herald sends. */
const anyTemplate = fc.constantFrom<ParameterFormat>('POSITIONAL', 'NAMED').chain((format) => {
  const placeholders = (max: number) =>
    format === 'NAMED'
      ? fc.uniqueArray(name, { maxLength: max }).map((names) => names.map((n) => `{{${n}}}`).join(' x '))
      : fc.nat(max).map((n) => Array.from({ length: n }, (_, i) => `{{${i + 1}}}`).join(' x '));
  const header = fc.oneof(
    placeholders(1).map((text): TemplateComponent[] => [{ type: 'HEADER', format: 'TEXT', text }]),
    fc.constantFrom('IMAGE', 'VIDEO', 'DOCUMENT').map((kind) => [{ type: 'HEADER', format: kind }]),
    fc.constant<TemplateComponent[]>([]),
  );
  const button = fc.constantFrom(
    { type: 'URL', url: 'https://example.com/{{1}}' },
    { type: 'URL', url: 'https://example.com/' },
    { type: 'COPY_CODE' },
    { type: 'QUICK_REPLY' },
    { type: 'PHONE_NUMBER' },
  );
  return fc.tuple(header, placeholders(9), fc.array(button, { maxLength: 10 })).map(([head, text, list]) => ({
    format,
    components: [...head, { type: 'BODY', text }, { type: 'FOOTER', text: 'Bye' }, buttons(...list)],
  }));
});

it('every template whose parameters are all given makes a message that Meta takes, each value in it', () => {
  fc.assert(
    fc.property(anyTemplate, fc.array(word, { minLength: 1 }), ({ format, components }, values) => {
      const parameters = deriveParameters(components, format);
      const params = Object.fromEntries(
        parameters.map(({ key }, i) => [
          key,
          key === 'header_media_url'
            ? `https://example.com/${encodeURIComponent(values[i % values.length] ?? '')}`
            : `${i}:${values[i % values.length] ?? ''}`,
        ]),
      );
      const message = messageFor(components, params, format);
      expect(metaObjectionsTo(message)).toEqual([]);
      const filled = message.template.components.flatMap((component) =>
        'parameters' in component ? component.parameters : [],
      );
      expect(filled).toHaveLength(parameters.length + duplicates(components));
      for (const value of Object.values(params)) {
        expect(JSON.stringify(filled)).toContain(JSON.stringify(value));
      }
    }),
  );
});

/** Meta allows one copy-code button; the generator may make more, which share their one key. */
function duplicates(components: TemplateComponent[]): number {
  const list = components.flatMap((c) => (Array.isArray(c.buttons) ? (c.buttons as { type: string }[]) : []));
  return Math.max(0, list.filter(({ type }) => type === 'COPY_CODE').length - 1);
}
