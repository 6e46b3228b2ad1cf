import { expect, test, describe } from 'vitest';
import { destinationOf, destinationSchema } from './destination';
import { isPerson } from './is-person';
import { TapLimit } from './tap-limit';
import { linkToken, readLinkToken } from './token';
import { trackedButtons } from './tracked-buttons';

process.env.AUTH_SECRET ??= 'x'.repeat(32);
process.env.ENCRYPTION_KEY ??= Buffer.alloc(32, 7).toString('base64');

describe('a destination', () => {
  test.each([
    ['https://shop.example/', 'a/b?c=d', 'https://shop.example/a/b?c=d'],
    ['https://shop.example', 'offers', 'https://shop.example/offers'],
    ['https://shop.example/o/{{1}}?utm=w', 'summer sale', 'https://shop.example/o/summer%20sale?utm=w'],
    [
      'https://shop.example/?to={{1}}',
      'https://evil.example',
      'https://shop.example/?to=https://evil.example',
    ],
    ['https://shop.example/$&/{{1}}', '$&', 'https://shop.example/$&/$&'],
    // What tries to leave stays, or leads nowhere.
    ['https://shop.example', '.evil.example/', 'https://shop.example/.evil.example/'],
    ['https://shop.example', '@evil.example/', 'https://shop.example/@evil.example/'],
    ['https://shop.example/', '/evil.example', 'https://shop.example//evil.example'],
    ['https://shop.example/a/', '\\\\evil.example', 'https://shop.example/a///evil.example'],
    ['https://shop.example/a/', '../../..//evil.example', 'https://shop.example//evil.example'],
    ['https://shop.example:8443/{{1}}', 'x', 'https://shop.example:8443/x'],
    ['https://shop.example/', 'a\r\nSet-Cookie: x=1', 'https://shop.example/aSet-Cookie:%20x=1'],
  ])('%s with %j leads to %s', (given, value, whole) => {
    expect(destinationSchema.parse(given)).toBe(given);
    expect(destinationOf(given, value)).toBe(whole);
  });

  test('without a value leads nowhere', () => {
    expect(destinationOf('https://shop.example/', '')).toBeNull();
  });

  test.each([
    'http://shop.example/',
    'javascript:alert(1)',
    'data:text/html,x',
    '//shop.example/',
    'https://{{1}}/',
    'https://shop.{{1}}',
    'https://shop.example{{1}}',
    'https://shop.example:{{1}}/',
    'https://{{1}}@shop.example/',
    'https://me:secret@shop.example/',
    'shop.example',
    '',
  ])('is refused when it is %j, and leads nowhere even when it is stored', (given) => {
    expect(destinationSchema.safeParse(given).success).toBe(false);
    expect(destinationOf(given, 'evil.example')).toBeNull();
  });
});

describe('a token', () => {
  const key = {
    workspaceId: '018f0000-0000-7000-8000-000000000001',
    campaignId: '018f0000-0000-7000-8000-000000000002',
    recipientId: '018f0000-0000-7000-8000-000000000003',
    parameter: 'button_url_param',
  };

  test('names its link, fits a button, and is the same each time', () => {
    for (const parameter of ['button_url_param', 'button_url_param_2'])
      expect(readLinkToken(linkToken({ ...key, parameter }))).toEqual({ ...key, parameter });
    expect(linkToken(key)).toMatch(/^[\w-]{87}$/);
    expect(linkToken(key)).toBe(linkToken(key));
  });

  test('changed in any character is none', () => {
    const token = linkToken(key);
    for (let i = 0; i < token.length; i += 1) {
      const other = token[i] === 'A' ? 'B' : 'A';
      expect(readLinkToken(token.slice(0, i) + other + token.slice(i + 1))).toBeNull();
    }
  });

  test.each([
    '',
    'x',
    'A'.repeat(87),
    'A'.repeat(88),
    `${'A'.repeat(86)}=`,
    '../'.repeat(29),
    '%00'.repeat(29),
  ])('is not %j', (token) => expect(readLinkToken(token)).toBeNull());
});

describe('who counts', () => {
  const phone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';
  test('is a person’s browser', () => {
    expect(isPerson('GET', { 'user-agent': phone })).toBe(true);
    // Opened inside another program.
    expect(isPerson('GET', { 'user-agent': `${phone} WhatsApp/25.1` })).toBe(true);
  });

  test.each([
    'WhatsApp/2.23.20.0',
    'WhatsApp/2.2587.9 N',
    'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
    'meta-externalagent/1.1',
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'TelegramBot (like TwitterBot)',
    'Mozilla/5.0 (Windows NT 10.0) SkypeUriPreview Preview/0.5',
    'curl/8.5.0',
    '',
  ])('not %j', (agent) => expect(isPerson('GET', { 'user-agent': agent })).toBe(false));

  test('not HEAD, and nothing fetched ahead', () => {
    expect(isPerson('HEAD', { 'user-agent': phone })).toBe(false);
    for (const header of ['purpose', 'sec-purpose', 'x-moz'])
      expect(isPerson('GET', { 'user-agent': phone, [header]: 'prefetch;prerender' })).toBe(false);
  });
});

test('one link is opened thirty times a minute, others as well', () => {
  const limit = new TapLimit();
  const allowed = Array.from({ length: 40 }, () => limit.allows('a', 1000)).filter(Boolean);
  expect(allowed).toHaveLength(30);
  expect(limit.allows('b', 1000)).toBe(true);
  expect(limit.allows('a', 62_000)).toBe(true);
});

test('a button is tracked only where it leads to this Herald’s own path with its end open', () => {
  const button = (...urls: string[]) => ({
    parameter_format: 'POSITIONAL' as const,
    components: [
      { type: 'BODY', text: 'Hi' },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'No' },
          ...urls.map((url) => ({ type: 'URL', text: 'Go', url })),
        ],
      },
    ],
  });
  const at = 'https://herald.example';
  const of = (...urls: string[]) => trackedButtons(button(...urls), at);
  expect(of(`${at}/r/{{1}}`)).toEqual(['button_url_param']);
  expect(of('https://shop.example/{{1}}', `${at}/r/{{1}}`)).toEqual(['button_url_param_2']);
  for (const url of [
    `${at}/r/`,
    `${at}/r/{{1}}/x`,
    `${at}/{{1}}`,
    `${at}.evil/r/{{1}}`,
    'https://shop.example/r/{{1}}',
  ])
    expect(of(url)).toEqual([]);
});
