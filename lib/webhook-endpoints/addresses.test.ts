import { describe, expect, test } from 'vitest';
import { isListed, isPublicAddress, listOf } from './addresses';

describe('isPublicAddress', () => {
  test.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::FFFF:A9FE:A9FE',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    '2001:db8::1',
    'localhost',
    '',
  ])('%j is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(['1.1.1.1', '172.32.0.1', '192.167.255.255', '8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8'])(
    '%s is',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

test('a list has the addresses of its networks, also those written as IPv6, and no others', () => {
  const list = listOf(['127.0.0.0/8', 'fd00::/8']);
  expect(['127.0.0.1', '::ffff:127.0.0.1', '::ffff:7f00:1', 'fd12::1'].map((a) => isListed(a, list))).toEqual(
    [true, true, true, true],
  );
  expect(['128.0.0.1', 'fe80::1', '::1', 'localhost'].map((a) => isListed(a, list))).toEqual(
    Array(4).fill(false),
  );
});
