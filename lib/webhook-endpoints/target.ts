import type { BlockList } from 'node:net';
import { isIP } from 'node:net';
import { AppError } from '@/lib/errors';
import { isListed, isPublicAddress } from './addresses';

const MAX_CHARS = 2_000;

/** An IP address by itself says where it leads; a name only when it is resolved, at each connection. */
export function mayConnectTo(address: string, isPlain: boolean, privateNetworks: BlockList): boolean {
  return isListed(address, privateNetworks) || (!isPlain && isPublicAddress(address));
}

/** The host of a URL as the resolver takes it: an IPv6 address without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

/**
 * The address as it will be called. Throws AppError `webhook_url_invalid` (422) for what could never be: no https
 * (but to the networks that the settings allow), an inner address, a user name in it.
 */
export function readTargetUrl(text: string, privateNetworks: BlockList, allowsPlain: boolean): string {
  const problem = problemOf(text, privateNetworks, allowsPlain);
  if (problem === null) return new URL(text).href;
  throw new AppError('invalid', 'webhook_url_invalid', problem, {
    issues: [{ path: 'url', message: problem }],
  });
}

function problemOf(text: string, privateNetworks: BlockList, allowsPlain: boolean): string | null {
  if (text.length > MAX_CHARS) return `The address must have at most ${MAX_CHARS} characters.`;
  if (!URL.canParse(text)) return 'This is no address; it should look like https://shop.example.com/herald.';
  const url = new URL(text);
  const isPlain = url.protocol === 'http:';
  if (url.protocol !== 'https:' && !(isPlain && allowsPlain)) return 'The address must begin with https://.';
  if (url.username || url.password)
    return 'Leave the user name and password out: the signature proves the sender.';
  if (url.hash) return 'Leave out what follows the #: it is never sent.';
  const host = hostOf(url);
  if (isIP(host) && !mayConnectTo(host, isPlain, privateNetworks))
    return 'This address is not on the public internet, and the settings do not allow it.';
  return null;
}
