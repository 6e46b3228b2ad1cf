import type { IncomingHttpHeaders } from 'node:http';
import { clientIpHeader } from '@/lib/http/client-ip';

// Next's own signals to itself: from outside they have skipped authorisation before (CVE-2025-29927).
const INTERNAL = /^x-(middleware|invoke|matched|herald)-|^x-matched-path$/;
const FORWARDED = /^(x-forwarded-.*|x-real-ip|forwarded)$/;

export interface Caller {
  /** The socket's other end. */
  remoteAddress: string | undefined;
  /** A proxy that may be believed stands in front. */
  trustProxy: boolean;
}

/**
 * Drops from the request's headers, in place, what only we or a trusted proxy may say, and names the caller in
 * `x-herald-client-ip`: the last address the trusted proxy gives (those before it are the client's own claim),
 * else the socket's; `unknown` when some proxy that we may not believe stands between.
 */
export function cleanInboundHeaders(
  headers: IncomingHttpHeaders,
  { remoteAddress, trustProxy }: Caller,
): void {
  const forwardedFor = String(headers['x-forwarded-for'] ?? '');
  let wasForwarded = false;
  for (const name of Object.keys(headers)) {
    const isForwarded = FORWARDED.test(name);
    wasForwarded ||= isForwarded;
    if (INTERNAL.test(name) || (isForwarded && !trustProxy)) Reflect.deleteProperty(headers, name);
  }
  const socket = remoteAddress ?? 'unknown';
  const named = trustProxy
    ? forwardedFor.split(',').at(-1)?.trim() || socket
    : wasForwarded
      ? 'unknown'
      : socket;
  headers[clientIpHeader] = named;
}
