import { describe, expect, test } from 'vitest';
import { listOf } from './addresses';
import { mayConnectTo, readTargetUrl } from './target';

const none = listOf([]);
const loopback = listOf(['127.0.0.0/8']);

describe('an address for webhooks', () => {
  test.each([
    'http://shop.example.com/hook',
    'ftp://shop.example.com',
    'javascript:alert(1)',
    '/hook',
    'shop.example.com',
    'https://',
    'https://user@shop.example.com/',
    'https://u:p@shop.example.com/',
    'https://shop.example.com/#part',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.8:8443/',
    `https://shop.example.com/${'x'.repeat(2_000)}`,
  ])('%s is refused, naming the field', (url) => {
    expect(() => readTargetUrl(url, none, false)).toThrow(
      expect.objectContaining({
        code: 'webhook_url_invalid',
        issues: [expect.objectContaining({ path: 'url' })],
      }),
    );
  });

  test('is taken as it will be called', () => {
    expect(readTargetUrl('https://Shop.Example.com:443/hook?a=b c', none, false)).toBe(
      'https://shop.example.com/hook?a=b%20c',
    );
    expect(readTargetUrl('https://8.8.8.8', none, false)).toBe('https://8.8.8.8/');
  });

  test('may be a private one, and without TLS, only where the settings name its network', () => {
    expect(readTargetUrl('http://127.0.0.1:4000/hook', loopback, true)).toBe('http://127.0.0.1:4000/hook');
    expect(() => readTargetUrl('http://10.0.0.1/', loopback, true)).toThrow('not on the public internet');
    expect(() => readTargetUrl('http://8.8.8.8/', loopback, true)).toThrow('not on the public internet');
  });
});

test('without TLS nothing leaves the networks that the settings name', () => {
  expect(mayConnectTo('8.8.8.8', false, none)).toBe(true);
  expect(mayConnectTo('8.8.8.8', true, none)).toBe(false);
  expect(mayConnectTo('127.0.0.1', true, loopback)).toBe(true);
  expect(mayConnectTo('::ffff:127.0.0.1', true, loopback)).toBe(true);
  expect(mayConnectTo('127.0.0.1', false, none)).toBe(false);
});
