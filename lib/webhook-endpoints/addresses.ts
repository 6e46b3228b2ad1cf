import { BlockList, isIP } from 'node:net';

/** What of the IPv4 space is not the public network's: IANA's special-purpose registry. */
const NOT_PUBLIC_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];
/** Of IPv6 only 2000::/3 is public; these parts of it are not, or carry an IPv4 address inside. */
const PUBLIC_V6 = '2000::/3';
const NOT_PUBLIC_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const notPublicV4 = listOf(NOT_PUBLIC_V4);
const publicV6 = listOf([PUBLIC_V6]);
const notPublicV6 = listOf(NOT_PUBLIC_V6);

/** Networks by their CIDR notation, `10.1.0.0/16`; throws on any other. */
export function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix = ''] = network.split('/');
    list.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** Whether an IP address is on the public network. An IPv4 address written as IPv6 counts as what it is. */
export function isPublicAddress(address: string): boolean {
  const inner = mappedV4(address);
  if (isIP(inner) === 4) return !notPublicV4.check(inner);
  if (isIP(inner) !== 6) return false;
  return publicV6.check(inner, 'ipv6') && !notPublicV6.check(inner, 'ipv6');
}

/** Whether `list` has the address. */
export function isListed(address: string, list: BlockList): boolean {
  const inner = mappedV4(address);
  const family = isIP(inner);
  return family !== 0 && list.check(inner, family === 6 ? 'ipv6' : 'ipv4');
}

/** `::ffff:7f00:1` and `::ffff:127.0.0.1` are 127.0.0.1. */
function mappedV4(address: string): string {
  const match = /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([\da-f]{1,4}):([\da-f]{1,4}))$/i.exec(address);
  if (!match) return address;
  const [, dotted, high = '0', low = '0'] = match;
  if (dotted !== undefined) return dotted;
  const [a, b] = [parseInt(high, 16), parseInt(low, 16)];
  return [a >> 8, a & 255, b >> 8, b & 255].join('.');
}
