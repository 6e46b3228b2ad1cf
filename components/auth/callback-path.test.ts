import { describe, expect, it } from 'vitest';
import { callbackPath } from './callback-path';

describe('callbackPath', () => {
  it.each(['/campaigns', '/campaigns/abc?status=failed#recipients', '/docs'])('keeps %s', (path) => {
    expect(callbackPath(path)).toBe(path);
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/%2e%2e//evil.example/..//evil.example',
    '/x/..//evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    'evil',
    '',
    undefined,
    ['/a', '/b'],
    '/login?callbackUrl=/login',
    '/api/auth/signout',
  ])('sends %j home', (value) => {
    const path = callbackPath(value);
    const landed = new URL(path, 'http://here.example');
    expect(landed.origin).toBe('http://here.example');
    expect(landed.pathname.startsWith('//')).toBe(false);
    if (typeof value !== 'string' || !value.startsWith('/%2e')) expect(path).toBe('/campaigns');
  });
});
