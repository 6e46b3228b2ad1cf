import { describe, expect, it } from 'vitest';
import { clientIp, isLoopback, networkOf } from './client-ip';

describe("the caller's address", () => {
  it('is what our web server says, never X-Forwarded-For', () => {
    const headers = new Headers({
      'x-forwarded-for': '6.6.6.6',
      'x-real-ip': '6.6.6.6',
      forwarded: 'for=6.6.6.6',
    });
    expect(clientIp(headers)).toBe('unknown');
    headers.set('x-herald-client-ip', '192.0.2.7');
    expect(clientIp(headers)).toBe('192.0.2.7');
  });

  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:db8::9', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['unknown', 'unknown'],
  ])('%s counts as %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network);
  });

  it.each([
    ['127.0.0.1', true],
    ['127.1.2.3', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['127.0.0.1.evil.example', false],
    ['10.0.0.1', false],
    ['unknown', false],
    ['', false],
  ])('%s is loopback: %s', (ip, expected) => {
    expect(isLoopback(ip)).toBe(expected);
  });
});
