import { describe, expect, test } from 'vitest';
import { body, button, header, know, message, templateOf, text, verdict } from './testing/message';

const send = (name: string, components: unknown, language = 'en_US', version = 25): string =>
  verdict(message('+14155550123', { template: templateOf(name, components, language) }), version);

describe('body', () => {
  test('too few and too many parameters are 132000 with both counts', () => {
    expect(send('black_friday', [header(text('a')), body(text('a'))])).toBe(
      '132000 400 body: number of localizable_params (1) does not match the expected number of params (2)',
    );
    expect(send('hello_world', [body(text('a'))])).toContain(
      '(1) does not match the expected number of params (0)',
    );
    expect(send('weekly_hours', undefined)).toMatch(/^132001/);
  });

  test('a text that is empty, missing or null is 131008', () => {
    for (const parameter of [text(''), { type: 'text' }, { type: 'text', text: null }]) {
      expect(send('black_friday', [header(text('a')), body(text('a'), parameter)])).toBe(
        '131008 400 Parameter of type text is missing text value',
      );
    }
  });

  test.each(['two\nlines', 'a\ttab', 'five     spaces', 'carriage\rreturn'])('%j is 132018', (bad) => {
    const components = [header(text('a')), body(text('a'), text(bad))];
    expect(send('black_friday', components)).toMatch(/^132018 400 Param text cannot have new-line\/tab/);
    expect(send('black_friday', components, 'en_US', 22)).toMatch(/^132000 400 Param text/);
  });

  test('four spaces in a row are fine', () => {
    const components = [
      header(text('a')),
      body(text('a'), text('four    spaces')),
      button('url', 0, text('x')),
    ];
    expect(send('black_friday', components)).toBe('taken');
  });

  test('another kind of parameter is 132012, an unknown key 100', () => {
    const image = { type: 'image', image: { link: 'https://example.com/a.jpg' } };
    expect(send('black_friday', [header(text('a')), body(text('a'), image)])).toMatch(
      /^132012 400 body: Format mismatch, expected TEXT, received IMAGE/,
    );
    expect(send('black_friday', [header({ ...text('a'), size: 3 })])).toContain('Unexpected key "size"');
  });

  test('currency and date_time count as texts', () => {
    const currency = {
      type: 'currency',
      currency: { fallback_value: '$40', code: 'USD', amount_1000: 40_000 },
    };
    expect(
      send('black_friday', [header(text('a')), body(text('a'), currency), button('url', '0', text('x'))]),
    ).toBe('taken');
  });

  test('a rendered text over 1,024 characters is 132005', () => {
    expect(send('black_friday', [header(text('a')), body(text('a'), text('x'.repeat(1000)))])).toMatch(
      /^132005 400/,
    );
  });

  test('two bodies, an unknown component and a list that is none are 100', () => {
    expect(send('black_friday', [body(text('a')), body(text('b'))])).toMatch(/^100 400/);
    expect(send('black_friday', [{ type: 'footer' }])).toMatch(
      /^100 400 .*must be one of {HEADER, BODY, BUTTON, LIMITED_TIME_OFFER, CAROUSEL}/,
    );
    expect(send('black_friday', 'none')).toMatch(/^100 400/);
  });
});

describe('named parameters', () => {
  const named = [text('10:30', 'time'), text('Maria', 'name'), text('24 November', 'date')];

  test('come by name, in any order', () => {
    expect(send('appointment_reminder', [body(...named)])).toBe('taken');
  });

  test('without a name, with a wrong name and with the same name twice are 100', () => {
    expect(send('appointment_reminder', [body(text('a'), text('b'), text('c'))])).toBe(
      '100 400 Parameter name is missing or empty',
    );
    expect(send('appointment_reminder', [body(...named.slice(1), text('x', 'place'))])).toMatch(
      /^100 400 .*\(place\)/,
    );
    expect(send('appointment_reminder', [body(...named.slice(1), text('x', 'name'))])).toMatch(
      /^100 400 .*\(name\)/,
    );
  });

  test('a name given to a positional template is 100', () => {
    expect(send('black_friday', [header(text('a', 'first'))])).toMatch(/^100 400/);
  });

  test('a named header has its own', () => {
    const points = [text('Noor', 'first_name'), text('1', 'points'), text('now', 'expiry_date')];
    expect(send('loyalty_points', [header(text('Gold', 'tier')), body(...points)])).toBe('taken');
    expect(send('loyalty_points', [body(...points)])).toMatch(/^132000 400 header: /);
  });
});

describe('header', () => {
  const image = (media: object): object => header({ type: 'image', image: media });

  test('a missing or wrong media header is 132012 and says what was expected', () => {
    expect(send('spring_collection', [body(text('a'))])).toBe(
      '132012 400 header: Format mismatch, expected IMAGE, received UNKNOWN',
    );
    expect(send('spring_collection', [header({ type: 'video', video: { link: 'https://a.b/c' } })])).toBe(
      '132012 400 header: Format mismatch, expected IMAGE, received VIDEO',
    );
    expect(send('spring_collection', [header(text('a'))])).toContain('received TEXT');
  });

  test.each([
    ['a link', { link: 'https://example.com/a.jpg' }, 'taken'],
    ['an uploaded id', { id: '4490709327384033' }, 'taken'],
    ['an unknown id', { id: '1' }, '131009 400'],
    ['no address', { link: 'ftp://example.com/a.jpg' }, '131009 400'],
    ['both', { link: 'https://a.b/c', id: '4490709327384033' }, '131009 400'],
    ['neither', {}, '131008 400'],
    ['a caption', { link: 'https://a.b/c', caption: 'no' }, '100 400'],
  ])('an image with %s', (_, media, words) => {
    expect(send('spring_collection', [image(media), body(text('a'))])).toContain(words);
  });

  test('a document may have a filename, an image may not', () => {
    const four = body(text('a'), text('b'), text('c'), text('d'));
    const file = { link: 'https://a.b/c.pdf', filename: 'invoice.pdf' };
    expect(send('invoice_ready', [header({ type: 'document', document: file }), four])).toBe('taken');
    expect(send('spring_collection', [image(file), body(text('a'))])).toContain('Unexpected key "filename"');
  });

  test('a header for a template without one is 132000', () => {
    expect(send('coupon_drop', [header(text('a'))])).toContain('header: number of localizable_params (1)');
  });
});

describe('buttons', () => {
  const friday = (...buttons: object[]): string =>
    send('black_friday', [header(text('a')), body(text('a'), text('b')), ...buttons]);
  const coupon = (...buttons: object[]): string =>
    send('coupon_drop', [body(text('a'), text('b'), text('c')), ...buttons]);
  const code = (value: unknown): object => ({ type: 'coupon_code', coupon_code: value });

  test('a missing suffix is 131008 in the words Meta uses', () => {
    expect(friday()).toBe('131008 400 buttons: Button at index 0 of type Url requires a parameter');
    expect(friday({ type: 'button', sub_type: 'url', index: 0 })).toMatch(/^131008 400/);
  });

  test('index may be a string or a number; a wrong or repeated one is refused', () => {
    expect(friday(button('url', 0, text('x')))).toBe('taken');
    expect(friday(button('url', 'first', text('x')))).toMatch(/^131008/);
    expect(friday(button('url', 7, text('x')))).toMatch(/^132018 400 .*index 7 does not exist/);
    expect(friday(button('url', 0, text('x')), button('url', '0', text('x')))).toMatch(/^100 400/);
  });

  test('a wrong sub_type and a value for a fixed address are 132018', () => {
    expect(friday(button('quick_reply', 0, { type: 'payload', payload: 'x' }))).toMatch(
      /^132018 .*must be of type Url/,
    );
    expect(coupon(button('copy_code', 0, code('A')), button('url', 1, text('x')))).toMatch(
      /^132018 400 .*index 1 of type Url does not require parameters/,
    );
  });

  test('both suffixes of two URL buttons are required', () => {
    const components = [
      header(text('a')),
      body(text('a'), text('b'), text('c')),
      button('url', 0, text('x')),
    ];
    expect(send('oferta_de_verano', components, 'es')).toContain('Button at index 1 of type Url requires');
    expect(send('oferta_de_verano', [...components, button('url', 1, text('y'))], 'es')).toBe('taken');
  });

  test('a copy code has up to 20 letters and digits', () => {
    expect(coupon(button('copy_code', 0, code('SAVE15NOWSAVE15NOW20')))).toBe('taken');
    expect(coupon(button('copy_code', 0, code('SAVE15NOWSAVE15NOW201')))).toMatch(/^132018 400 .*limit 20/);
    expect(coupon(button('copy_code', 0, code('SAVE-15')))).toMatch(/^131009 400/);
    expect(coupon(button('copy_code', 0, code('')))).toMatch(/^131008 400/);
    expect(coupon(button('copy_code', 0, text('A')))).toMatch(/^132012 400/);
    expect(coupon()).toContain('Button at index 0 of type CopyCode requires a parameter');
  });

  test('quick replies may go without a payload', () => {
    const base = [header({ type: 'image', image: { link: 'https://a.b/c' } }), body(text('a'))];
    expect(send('spring_collection', base)).toBe('taken');
    expect(
      send('spring_collection', [...base, button('quick_reply', 1, { type: 'payload', payload: 'STOP' })]),
    ).toBe('taken');
    expect(send('spring_collection', [...base, button('quick_reply', 1, { type: 'payload' })])).toMatch(
      /^131008/,
    );
  });

  test('a one-time code has at most 15 characters, in the body and on the button', () => {
    const otp = (value: string, onButton = value): string =>
      send('login_code', [body(text(value)), button('url', 0, text(onButton))]);
    expect(otp('123456')).toBe('taken');
    expect(otp('1234567890123456')).toMatch(/^132018 400 body: Parameter at index 0 exceeds .* 15/);
    expect(otp('123456', '1234567890123456')).toMatch(/^132018 400 buttons: .* 15/);
  });

  test('an address over 2,000 characters is refused', () => {
    know({
      name: 'long_link',
      components: [
        { type: 'BODY', text: 'Hello' },
        {
          type: 'BUTTONS',
          buttons: [{ type: 'URL', text: 'Go', url: `https://a.example/${'p'.repeat(1900)}/{{1}}` }],
        },
      ],
    });
    expect(send('long_link', [button('url', 0, text('x'.repeat(90)))])).toMatch(/^132018/);
    expect(send('long_link', [button('url', 0, text('x'))])).toBe('taken');
  });
});
