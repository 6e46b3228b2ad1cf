import { describe, expect, test } from 'vitest';
import { cleanInboundHeaders } from './inbound-headers';

const caller = (trustProxy: boolean) => ({ remoteAddress: '192.0.2.7', trustProxy });

describe('cleanInboundHeaders', () => {
  test.each([
    'x-middleware-subrequest',
    'x-middleware-rewrite',
    'x-invoke-path',
    'x-matched-path',
    'x-herald-client-ip',
  ])('%s from outside never reaches Next', (name) => {
    const headers: Record<string, string> = { [name]: 'forged' };
    cleanInboundHeaders(headers, caller(true));
    expect(Object.values(headers)).not.toContain('forged');
  });

  test('without a trusted proxy nobody can say where they come from', () => {
    const headers: Record<string, string> = {
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      'x-real-ip': '127.0.0.1',
      forwarded: 'for=127.0.0.1',
    };
    cleanInboundHeaders(headers, caller(false));
    expect(headers).toEqual({ 'x-herald-client-ip': 'unknown' });
  });

  test('a direct caller is the socket’s other end', () => {
    const headers: Record<string, string> = { cookie: 'a=b' };
    cleanInboundHeaders(headers, caller(false));
    expect(headers).toEqual({ cookie: 'a=b', 'x-herald-client-ip': '192.0.2.7' });
  });

  test('of a trusted proxy’s list only its own entry, the last, is believed', () => {
    const headers: Record<string, string> = { 'x-forwarded-for': '127.0.0.1, 198.51.100.4' };
    cleanInboundHeaders(headers, caller(true));
    expect(headers['x-herald-client-ip']).toBe('198.51.100.4');
  });
});
