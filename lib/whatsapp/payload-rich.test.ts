import { describe, expect, it } from 'vitest';
import type { TemplateComponent } from '@/lib/templates/schema';
import { metaObjectionsTo } from '@/tests/fixtures/meta-schema';
import { compileTemplate } from './payload';
import type { MessageComponent } from './types';

const buttons = (...list: Record<string, unknown>[]): TemplateComponent => ({
  type: 'BUTTONS',
  buttons: list,
});

/** Each as the reference's §1 table, "Template components at send time", shapes it. */
const EXAMPLES: [what: string, TemplateComponent[], Record<string, string>, MessageComponent[]][] = [
  [
    'a location header',
    [{ type: 'HEADER', format: 'LOCATION' }],
    {
      header_location_latitude: '37.4833',
      header_location_longitude: '-122.1484',
      header_location_name: 'Our shop',
      header_location_address: '1 Main Street',
    },
    [
      {
        type: 'header',
        parameters: [
          {
            type: 'location',
            location: {
              latitude: '37.4833',
              longitude: '-122.1484',
              name: 'Our shop',
              address: '1 Main Street',
            },
          },
        ],
      },
    ],
  ],
  [
    'a limited-time offer',
    [
      { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Now', has_expiration: true } },
      buttons({ type: 'COPY_CODE' }),
    ],
    { offer_expires_at: '2030-11-30T23:59:00+01:00', button_code_param: 'ANA26' },
    [
      {
        type: 'limited_time_offer',
        parameters: [
          {
            type: 'limited_time_offer',
            limited_time_offer: { expiration_time_ms: Date.UTC(2030, 10, 30, 22, 59) },
          },
        ],
      },
      {
        type: 'button',
        sub_type: 'copy_code',
        index: '0',
        parameters: [{ type: 'coupon_code', coupon_code: 'ANA26' }],
      },
    ],
  ],
  [
    'a carousel: every card, also one that nothing fills',
    [
      { type: 'BODY', text: '{{1}}' },
      {
        type: 'CAROUSEL',
        cards: [
          {
            components: [
              { type: 'HEADER', format: 'IMAGE' },
              { type: 'BODY', text: '{{1}}' },
              buttons({ type: 'QUICK_REPLY' }, { type: 'URL', url: 'https://e.com/{{1}}' }),
            ],
          },
          { components: [{ type: 'BODY', text: 'Hello' }] },
        ],
      },
    ],
    {
      body_param_1: 'Ana',
      card_1_header_media_url: 'https://e.com/1.jpg',
      card_1_body_param_1: '$9',
      card_1_button_url_param: 'x',
    },
    [
      { type: 'body', parameters: [{ type: 'text', text: 'Ana' }] },
      {
        type: 'carousel',
        cards: [
          {
            card_index: 0,
            components: [
              { type: 'header', parameters: [{ type: 'image', image: { link: 'https://e.com/1.jpg' } }] },
              { type: 'body', parameters: [{ type: 'text', text: '$9' }] },
              { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: 'x' }] },
            ],
          },
          { card_index: 1, components: [] },
        ],
      },
    ],
  ],
  [
    'a list of products',
    [buttons({ type: 'MPM' })],
    { button_thumbnail_param: 'sku-1', button_products_param: 'Popular: sku-1, sku-2; New: sku-3' },
    [
      {
        type: 'button',
        sub_type: 'mpm',
        index: '0',
        parameters: [
          {
            type: 'action',
            action: {
              thumbnail_product_retailer_id: 'sku-1',
              sections: [
                {
                  title: 'Popular',
                  product_items: [{ product_retailer_id: 'sku-1' }, { product_retailer_id: 'sku-2' }],
                },
                { title: 'New', product_items: [{ product_retailer_id: 'sku-3' }] },
              ],
            },
          },
        ],
      },
    ],
  ],
  [
    'a catalogue with the picture that is wanted',
    [buttons({ type: 'CATALOG' })],
    { button_thumbnail_param: 'sku-1' },
    [
      {
        type: 'button',
        sub_type: 'catalog',
        index: '0',
        parameters: [{ type: 'action', action: { thumbnail_product_retailer_id: 'sku-1' } }],
      },
    ],
  ],
  ['a catalogue as it was approved', [buttons({ type: 'CATALOG' })], {}, []],
  [
    'a form without a token, and one with its data',
    [buttons({ type: 'FLOW' }, { type: 'FLOW' })],
    { button_flow_token_param_2: 't-17', button_flow_data_param_2: '{"plan":"gold"}' },
    [
      {
        type: 'button',
        sub_type: 'flow',
        index: '0',
        parameters: [{ type: 'action', action: { flow_token: 'unused' } }],
      },
      {
        type: 'button',
        sub_type: 'flow',
        index: '1',
        parameters: [{ type: 'action', action: { flow_token: 't-17', flow_action_data: { plan: 'gold' } } }],
      },
    ],
  ],
];

it.each(EXAMPLES)("a message has Meta's shape: %s", (_what, components, params, expected) => {
  const template = {
    name: 'order_update',
    language: 'en_US',
    parameter_format: 'POSITIONAL' as const,
    components,
  };
  const message = compileTemplate(template)({ to: '+11234567890', params, callbackData: 'h1.abc' });
  expect(message.template.components).toEqual(expected);
  expect(metaObjectionsTo(message)).toEqual([]);
});

describe('a value of the text', () => {
  const words: TemplateComponent = { type: 'BODY', text: 'Order of {{1}}, with you by {{2}}' };
  const compile = (components: TemplateComponent[], language = 'en_US') =>
    compileTemplate(
      { name: 'order_update', language, parameter_format: 'POSITIONAL', components },
      { formats: { body_param_1: { type: 'currency', code: 'USD' }, body_param_2: { type: 'date_time' } } },
    );

  it('is an amount or a date where the mapping says so, written for the template’s language', () => {
    const params = { body_param_1: '1,234.5', body_param_2: '2030-12-01' };
    const message = compile([words], 'de')({ to: '+1', params, callbackData: '' });
    expect(message.template.components).toEqual([
      {
        type: 'body',
        parameters: [
          {
            type: 'currency',
            currency: { fallback_value: '1.234,50\u00a0$', code: 'USD', amount_1000: 1_234_500 },
          },
          { type: 'date_time', date_time: { fallback_value: '1. Dezember 2030' } },
        ],
      },
    ]);
    expect(metaObjectionsTo(message)).toEqual([]);
  });
});

describe('a header’s file', () => {
  const media = new Map([
    ['0d7f2a52-2c3f-4f0e-9d36-0a2e7b6f9a11', { graphId: '4490709327384033', fileName: 'Menu.pdf' }],
  ]);
  const build = (format: string) =>
    compileTemplate(
      {
        name: 'menu',
        language: 'en',
        parameter_format: 'POSITIONAL',
        components: [{ type: 'HEADER', format }],
      },
      { media },
    );

  it('that was uploaded goes out by the id WhatsApp gave it', () => {
    const params = { header_media_url: 'media:0d7f2a52-2c3f-4f0e-9d36-0a2e7b6f9a11' };
    const parameterOf = (format: string) =>
      build(format)({ to: '+1', params, callbackData: '' }).template.components;
    expect(parameterOf('IMAGE')).toEqual([
      { type: 'header', parameters: [{ type: 'image', image: { id: '4490709327384033' } }] },
    ]);
    expect(parameterOf('DOCUMENT')).toEqual([
      {
        type: 'header',
        parameters: [{ type: 'document', document: { id: '4490709327384033', filename: 'Menu.pdf' } }],
      },
    ]);
  });

  it('that was not made ready stops the message rather than going out as a link', () => {
    const params = { header_media_url: 'media:11111111-2c3f-4f0e-9d36-0a2e7b6f9a11' };
    expect(() => build('IMAGE')({ to: '+1', params, callbackData: '' })).toThrow('not made ready');
  });
});
