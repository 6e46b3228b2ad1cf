import { describe, expect, it } from 'vitest';
import { exampleParams, previewTemplate } from './preview';
import { deriveParameters } from './parameters';
import type { PreviewPiece } from './preview-pieces';
import type { ParameterFormat, TemplateComponent } from './schema';

const preview = (
  components: TemplateComponent[],
  params: Record<string, string> = {},
  parameter_format: ParameterFormat = 'POSITIONAL',
) => previewTemplate({ components, parameter_format }, params);

/** Values in brackets, what is still to be filled in braces as the template writes it. */
const shown = (pieces: readonly PreviewPiece[]) =>
  pieces.map(({ text, filled }) => (filled ? `[${text}]` : text)).join('');

const buttons = (...list: Record<string, unknown>[]): TemplateComponent => ({
  type: 'BUTTONS',
  buttons: list,
});

describe('the preview of a template shows', () => {
  it('header, body and footer with their values', () => {
    const made = preview(
      [
        { type: 'HEADER', format: 'TEXT', text: 'Sale ends {{1}}' },
        { type: 'BODY', text: 'Hi {{1}}, {{2}} off. Bye {{ 1 }}' },
        { type: 'FOOTER', text: 'Reply STOP' },
      ],
      { header_param_1: 'Monday', body_param_1: 'Ana', body_param_2: '40%' },
    );
    expect(made.header).toMatchObject({ kind: 'text' });
    expect(made.header?.kind === 'text' && shown(made.header.pieces)).toBe('Sale ends [Monday]');
    expect(shown(made.body)).toBe('Hi [Ana], [40%] off. Bye [Ana]');
    expect(made.footer).toBe('Reply STOP');
    expect(made.buttons).toEqual([]);
  });

  it('what is not filled as the placeholder it is, by its key', () => {
    const made = preview([{ type: 'BODY', text: 'Hi {{1}} {{2}}' }], { body_param_1: '' });
    expect(made.body).toEqual([
      { text: 'Hi ', key: null, filled: false },
      { text: '{{1}}', key: 'body_param_1', filled: false },
      { text: ' ', key: null, filled: false },
      { text: '{{2}}', key: 'body_param_2', filled: false },
    ]);
  });

  it('named parameters, each in its place', () => {
    const components = [{ type: 'BODY', text: '{{points}} for {{name}}, {{points}}!' }];
    const made = preview(components, { body_param_points: '12', body_param_name: 'Noor' }, 'NAMED');
    expect(shown(made.body)).toBe('[12] for [Noor], [12]!');
  });

  it('a value that looks like a placeholder as a value, and never fills it again', () => {
    const made = preview([{ type: 'BODY', text: '{{1}} {{2}}' }], {
      body_param_1: '{{2}}',
      body_param_2: '$&',
    });
    expect(shown(made.body)).toBe('[{{2}}] [$&]');
  });

  it.each([
    ['https://cdn.example.com/a/spring%20sale.jpg?x=1#y', 'spring sale.jpg'],
    ['https://cdn.example.com/', ''],
    ['https://cdn.example.com/%E0%A4%A', '%E0%A4%A'],
  ])('media by the name of their file: %s', (link, fileName) => {
    const made = preview([{ type: 'HEADER', format: 'IMAGE' }], { header_media_url: link });
    expect(made.header).toEqual({
      kind: 'image',
      link: { text: link, key: 'header_media_url', filled: true },
      fileName,
    });
  });

  it('each button with its words and where it leads', () => {
    const made = preview(
      [
        buttons(
          { type: 'URL', text: 'Site', url: 'https://example.com/' },
          { type: 'URL', text: 'Order', url: 'https://example.com/o/{{1}}' },
          { type: 'URL', text: 'Help', url: 'https://example.com/h/{{1}}?a=b' },
          { type: 'PHONE_NUMBER', text: 'Call', phone_number: '+15550100' },
          { type: 'COPY_CODE', text: 'Copy offer code' },
          { type: 'QUICK_REPLY', text: 'Yes' },
          { type: 'FLOW', text: '' },
          { type: 'SOMETHING_NEW', text: 'New' },
        ),
      ],
      { button_url_param: 'A-17', button_code_param: 'BF26' },
    );
    expect(made.buttons.map(({ kind, text, target }) => [kind, text, shown(target)])).toEqual([
      ['url', 'Site', 'https://example.com/'],
      ['url', 'Order', 'https://example.com/o/[A-17]'],
      ['url', 'Help', 'https://example.com/h/{{1}}?a=b'],
      ['phone', 'Call', '+15550100'],
      ['copy_code', 'Copy offer code', '[BF26]'],
      ['quick_reply', 'Yes', ''],
      ['flow', 'Start', ''],
      ['other', 'New', ''],
    ]);
  });

  it('the code of an authentication template in body and button, and how long it lives', () => {
    const url = 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}';
    const made = preview(
      [
        { type: 'BODY', text: '*{{1}}* is your code.' },
        { type: 'FOOTER', code_expiration_minutes: 1 },
        buttons({ type: 'URL', text: 'Copy code', url }),
      ],
      { body_param_1: '123456' },
    );
    expect(shown(made.body)).toBe('*[123456]* is your code.');
    expect(made.footer).toBe('This code expires in 1 minute.');
    expect(made.buttons.map(({ kind, target }) => [kind, shown(target)])).toEqual([
      ['copy_code', '[123456]'],
    ]);
  });

  it('a carousel and a limited-time offer, filled card by card', () => {
    const made = preview(
      [
        { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Expiring!', has_expiration: true } },
        { type: 'BODY', text: 'Look' },
        {
          type: 'CAROUSEL',
          cards: [
            {
              components: [
                { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['https://x.example/1.jpg'] } },
                { type: 'BODY', text: 'Hat {{1}}', example: { body_text: [['red']] } },
                buttons({ type: 'QUICK_REPLY', text: 'Mine' }),
              ],
            },
            { components: [{ type: 'BODY', text: 'Shoe {{1}}' }] },
          ],
        },
      ],
      {
        card_1_header_media_url: 'https://x.example/1.jpg',
        card_1_body_param_1: 'red',
        body_param_1: 'not a card’s',
        offer_expires_at: '2030-11-30T12:00Z',
      },
    );
    expect(made.offer).toEqual({
      text: 'Expiring!',
      ends: { key: 'offer_expires_at', text: '2030-11-30T12:00Z', filled: true },
    });
    expect(made.cards.map(({ body }) => shown(body))).toEqual(['Hat [red]', 'Shoe {{1}}']);
    expect(made.cards[0]?.header).toMatchObject({ kind: 'image', fileName: '1.jpg' });
    expect(made.cards[0]?.buttons).toMatchObject([{ kind: 'quick_reply', text: 'Mine' }]);
  });

  it('a place with its name, address and degrees', () => {
    const made = preview([{ type: 'HEADER', format: 'LOCATION' }], {
      header_location_name: 'Our shop',
      header_location_latitude: '37.48',
    });
    expect(made.header).toMatchObject({
      kind: 'location',
      place: { text: 'Our shop', filled: true },
      address: { text: 'no address yet', filled: false },
      degrees: [{ text: '37.48' }, { key: null }, { text: 'longitude', filled: false }],
    });
  });

  it('the products of a list', () => {
    const made = preview([buttons({ type: 'MPM', text: 'View items' })], {
      button_products_param: 'Popular: sku-1',
      button_thumbnail_param: 'sku-1',
    });
    expect(made.buttons.map(({ kind, target }) => [kind, shown(target)])).toEqual([
      ['catalogue', '[Popular: sku-1]'],
    ]);
  });

  it('of a very long value the beginning', () => {
    const made = preview([{ type: 'BODY', text: '{{1}}' }], { body_param_1: 'x'.repeat(1_000_000) });
    expect(made.body[0]?.text).toHaveLength(2_001);
  });

  it('of malformed components what can be read, and never throws', () => {
    const odd = [
      { type: 'HEADER', format: 3, text: null },
      { type: 'BODY', text: {} },
      { type: 'FOOTER', text: 7 },
      { type: 'BUTTONS', buttons: [{ type: 1 }, 'x'] },
      { type: 'CAROUSEL', cards: [{}, { components: 'x' }] },
      { type: 'LIMITED_TIME_OFFER' },
    ];
    expect(preview(odd)).toMatchObject({
      body: [],
      footer: null,
      buttons: [],
      offer: { text: 'Limited-time offer', ends: null },
    });
    expect(preview([])).toEqual({
      header: null,
      body: [],
      footer: null,
      buttons: [],
      offer: null,
      cards: [],
    });
  });
});

it('the example values fill a template as Meta shows it; a parameter without one stays open', () => {
  const components = [
    { type: 'BODY', text: 'Hi {{1}}, {{2}}', example: { body_text: [['Ana']] } },
    buttons({ type: 'URL', text: 'Go', url: 'https://e.com/{{1}}', example: ['https://e.com/17'] }),
  ];
  const params = exampleParams(deriveParameters(components, 'POSITIONAL'));
  expect(params).toEqual({ body_param_1: 'Ana', button_url_param: '17' });
  const made = preview(components, params);
  expect(shown(made.body)).toBe('Hi [Ana], {{2}}');
  expect(shown(made.buttons[0]?.target ?? [])).toBe('https://e.com/[17]');
});
