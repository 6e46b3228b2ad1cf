/**
 * Set by our own web server from the socket (or, with TRUST_PROXY, from its proxy) after it has dropped
 * whatever the client sent under this name; so it can be believed, and X-Forwarded-For never is.
 */
export const clientIpHeader = 'x-herald-client-ip';

/** The caller's address, `unknown` where no web server of ours stands in front. */
export function clientIp(headers: Headers): string {
  return headers.get(clientIpHeader)?.trim().toLowerCase() || 'unknown';
}

/** One household, one key: an IPv6 customer owns a whole /64, and mapped IPv4 is IPv4. */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  if (!ip.includes(':')) return ip;
  const [head = '', tail] = ip.split('::', 2);
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array<string>(zeros).fill('0'), ...right].slice(0, 4).join(':');
}

/** Loopback, and known to be so. */
export function isLoopback(ip: string): boolean {
  return ip === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(ip);
}
