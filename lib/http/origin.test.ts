import { describe, expect, it } from 'vitest';
import { requireSameOrigin } from './origin';

const publicUrl = 'https://herald.example';

function isAllowed(headers: Record<string, string>, method = 'POST'): boolean {
  const request = new Request('http://127.0.0.1:3000/api/things', { method });
  const all = new Headers({ host: '127.0.0.1:3000', ...headers });
  try {
    requireSameOrigin({ method: request.method, headers: all } as Request, publicUrl);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ kind: 'forbidden', code: 'cross_origin' });
    return false;
  }
}

describe('a change by cookie', () => {
  it.each([
    [
      'our page by the host it was asked on',
      { origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' },
    ],
    ['our page by PUBLIC_URL', { origin: 'https://herald.example', 'sec-fetch-site': 'same-origin' }],
    ['an older browser, with Origin only', { origin: 'http://127.0.0.1:3000' }],
    ['a browser that leaves Origin out', { 'sec-fetch-site': 'same-origin' }],
  ])('from %s is allowed', (_, headers) => {
    expect(isAllowed(headers)).toBe(true);
  });

  it.each([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another site that hides Sec-Fetch-Site', { origin: 'https://evil.example' }],
    ['a sister domain', { origin: 'https://blog.herald.example', 'sec-fetch-site': 'same-site' }],
    ['another port', { origin: 'http://127.0.0.1:3001' }],
    ['a name that begins like ours', { origin: 'https://herald.example.evil.example' }],
    [
      'our origin with a cross-site fetch',
      { origin: 'https://herald.example', 'sec-fetch-site': 'cross-site' },
    ],
    ['a sandboxed frame', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['an opaque origin alone', { origin: 'null' }],
    ['a link that was typed in', { 'sec-fetch-site': 'none' }],
    ['nowhere that can be told', {}],
  ])('from %s is refused', (_, headers) => {
    expect(isAllowed(headers)).toBe(false);
  });

  it('is not what a GET is', () => {
    expect(isAllowed({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 'GET')).toBe(true);
  });
});
