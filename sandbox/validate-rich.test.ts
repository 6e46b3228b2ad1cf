import { describe, expect, test } from 'vitest';
import { body, button, header, message, templateOf, text, verdict } from './testing/message';

const send = (name: string, components: unknown): string =>
  verdict(message('+14155550123', { template: templateOf(name, components) }));

const link = { type: 'image', image: { link: 'https://example.com/a.jpg' } };

describe('a location header', () => {
  const place = { latitude: '37.48', longitude: -122.14, name: 'Shop', address: '1 Main St' };
  const at = (location: unknown): string =>
    send('courier_nearby', [header({ type: 'location', location }), body(text('a'), text('b'), text('c'))]);

  test('has degrees, as text or number, a name and an address', () => {
    expect(at(place)).toBe('taken');
    expect(at({ ...place, name: '' })).toBe('131008 400 Parameter of type location is missing name value');
    expect(at({ ...place, latitude: 91 })).toMatch(/^131009 400 latitude/);
    expect(at({ ...place, longitude: 'west' })).toMatch(/^131009 400 longitude/);
    expect(at({ ...place, zoom: 3 })).toMatch(/^100 400 .*Unexpected key "zoom"/);
    expect(at(undefined)).toMatch(/^131008/);
  });

  test('of another kind, or none, is 132012', () => {
    expect(send('courier_nearby', [header(link), body(text('a'), text('b'), text('c'))])).toMatch(
      /^132012 400 header: Format mismatch, expected LOCATION, received IMAGE/,
    );
  });
});

describe('a limited-time offer', () => {
  const offer = (value: unknown) => ({
    type: 'limited_time_offer',
    parameters: [{ type: 'limited_time_offer', limited_time_offer: value }],
  });
  const coupon = button('copy_code', 0, { type: 'coupon_code', coupon_code: 'W25' });
  const rest = [header(link), body(text('a'), text('b')), coupon, button('url', 1, text('x'))];

  test('says when it ends: in the future, in milliseconds', () => {
    const tomorrow = Date.now() + 86_400_000;
    expect(send('weekend_offer', [...rest, offer({ expiration_time_ms: tomorrow })])).toBe('taken');
    expect(send('weekend_offer', rest)).toMatch(/^132000 400 limited_time_offer: .*\(0\)/);
    expect(send('weekend_offer', [...rest, offer({})])).toMatch(/^131008/);
    for (const wrong of [String(tomorrow), Math.round(tomorrow / 1000), tomorrow + 0.5]) {
      expect(send('weekend_offer', [...rest, offer({ expiration_time_ms: wrong })])).toMatch(/^131009/);
    }
  });

  test('is nothing for a template without one', () => {
    expect(send('hello_world', [offer({ expiration_time_ms: Date.now() + 9999 })])).toMatch(/^132000/);
  });
});

describe('a carousel', () => {
  const card = (card_index: number, ...components: object[]) => ({
    card_index,
    components: [header(link), body(text('$9')), button('url', 0, text('x')), ...components],
  });
  const cards = (...list: unknown[]): string =>
    send('lamp_carousel', [body(text('Ana')), { type: 'carousel', cards: list }]);

  test('has exactly the cards that were approved, in any order', () => {
    expect(cards(card(0), card(1), card(2))).toBe('taken');
    expect(cards(card(2), card(0), card(1))).toBe('taken');
    expect(cards(card(0), card(1))).toMatch(/^132000 400 carousel: number of cards \(2\) .*\(3\)/);
    expect(cards(card(0), card(1), card(1))).toMatch(/^100 400 .*Duplicate card_index 1/);
    expect(cards(card(0), card(1), card(3))).toMatch(/^131009/);
    expect(send('lamp_carousel', [body(text('Ana'))])).toMatch(/^131008 400 carousel: cards are missing/);
    expect(cards('x', 'y', 'z')).toMatch(/^100 400/);
  });

  test('each card is judged like a message', () => {
    const bare = (components: unknown) => ({ card_index: 2, components });
    expect(cards(card(0), card(1), bare([body(text('a')), button('url', 0, text('x'))]))).toMatch(/^132012/);
    expect(cards(card(0), card(1), bare([header(link), body(text('a'))]))).toContain('requires a parameter');
    expect(cards(card(0), card(1), bare([header(link), body(), button('url', 0, text('x'))]))).toMatch(
      /^132000 400 body/,
    );
    const long = [header(link), body(text('x'.repeat(200))), button('url', 0, text('x'))];
    expect(cards(card(0), card(1), bare(long))).toMatch(/^132005 400 body: text is longer than 160/);
    const reply = button('quick_reply', 1, { type: 'payload', payload: 'desk' });
    expect(cards(card(0, reply), card(1), card(2))).toBe('taken');
  });

  test('is nothing for a template without one', () => {
    expect(send('hello_world', [{ type: 'carousel', cards: [card(0)] }])).toMatch(/^132018/);
  });
});

describe('buttons with an action', () => {
  const act = (subType: string, action: unknown, index: unknown = 0) =>
    button(subType, index, { type: 'action', action });

  test('a catalogue needs none; where there is one it names a product', () => {
    const send1 = (...more: object[]): string => send('browse_catalogue', [body(text('a')), ...more]);
    expect(send1()).toBe('taken');
    expect(send1(act('CATALOG', { thumbnail_product_retailer_id: '2lc20305pt' }))).toBe('taken');
    expect(send1(act('catalog', {}))).toMatch(/^131008/);
    expect(send1(act('catalog', { thumbnail_product_retailer_id: 'a', sections: [] }))).toMatch(/^100 400/);
    expect(send1(button('catalog', 0, text('a')))).toMatch(/^132012/);
  });

  test('a list of products has 1 to 10 sections and at most 30 products', () => {
    const item = { product_retailer_id: 'sku' };
    const section = (n: number, title = 'T') => ({
      title,
      product_items: Array.from({ length: n }, () => item),
    });
    const list = (sections: unknown): string =>
      send('picked_for_you', [
        body(text('a')),
        act('mpm', { thumbnail_product_retailer_id: 'sku', sections }),
      ]);
    expect(list([section(30)])).toBe('taken');
    expect(list([section(1, '')])).toBe('taken');
    expect(list([section(1, ''), section(1)])).toMatch(/^131008/);
    expect(list([section(16), section(15)])).toMatch(/^131009/);
    expect(list(Array.from({ length: 11 }, () => section(1)))).toMatch(/^131009/);
    expect(list([section(0)])).toMatch(/^131009/);
    expect(list([section(1, 'x'.repeat(25))])).toMatch(/^131009/);
    expect(list(undefined)).toMatch(/^131008/);
    expect(send('picked_for_you', [body(text('a'))])).toContain('of type Mpm requires a parameter');
  });

  test('a flow takes a token and data that is not empty', () => {
    const flow = (action: unknown): string => send('book_a_visit', [body(text('a')), act('flow', action)]);
    expect(flow({ flow_token: 'unused' })).toBe('taken');
    expect(flow({ flow_token: 't', flow_action_data: { plan: 'gold' } })).toBe('taken');
    expect(flow({ flow_token: '' })).toMatch(/^131009/);
    expect(flow({ flow_action_data: {} })).toMatch(/^131009/);
    expect(flow({ screen: 'A' })).toMatch(/^100 400/);
    expect(send('book_a_visit', [body(text('a'))])).toContain('of type Flow requires a parameter');
  });
});

test('an amount has its code and its thousandths in 32 bits', () => {
  const amount = (currency: unknown): string =>
    send('browse_catalogue', [body({ type: 'currency', currency })]);
  const usd = { fallback_value: '$40', code: 'USD', amount_1000: 40_000 };
  expect(amount(usd)).toBe('taken');
  expect(amount({ ...usd, code: undefined })).toMatch(/^131008/);
  expect(amount({ ...usd, code: 'dollar' })).toMatch(/^131009/);
  expect(amount({ ...usd, amount_1000: 2 ** 31 })).toMatch(/^131009/);
  expect(amount({ ...usd, fallback_value: '' })).toMatch(/^131008/);
  expect(amount({ ...usd, unit: 1 })).toMatch(/^100 400/);
});

test('a one-tap code is filled in the body and on its button', () => {
  expect(send('sign_in_code', [body(text('123456')), button('url', '0', text('123456'))])).toBe('taken');
  expect(send('sign_in_code', [body(text('123456'))])).toContain('requires a parameter');
});

describe('the endpoint for marketing', () => {
  const byMarketing = (over: Record<string, unknown>): string =>
    verdict(message('+14155550123', over), 25, 'marketing_messages');

  test('takes marketing templates with its own fields', () => {
    expect(byMarketing({})).toBe('taken');
    expect(byMarketing({ product_policy: 'STRICT', message_activity_sharing: false })).toBe('taken');
    expect(byMarketing({ product_policy: 'ANY' })).toMatch(/^100 400 .*product_policy/);
    expect(byMarketing({ message_activity_sharing: 'no' })).toMatch(/^100 400/);
    expect(byMarketing({ context: { message_id: 'x' } })).toMatch(/^100 400 .*Unexpected key "context"/);
    expect(byMarketing({ type: 'text', text: { body: 'Hi' } })).toMatch(/^100 400/);
  });

  test('refuses every other category', () => {
    const utility = templateOf('delivery_on_its_way', [body(text('a'), text('b'))]);
    expect(byMarketing({ template: utility })).toMatch(/^134100 400/);
  });
});
