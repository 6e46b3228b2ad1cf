import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError } from '@/lib/errors';
import { clientIp, isLoopback } from '@/lib/http/client-ip';

/** Lets a scraper with the token in; without a token set, only this machine. Throws 401 or 403. */
export function requireMetricsAccess(headers: Headers, token: string | undefined): void {
  if (token !== undefined) {
    const given = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
    if (given !== undefined && isSame(given, token)) return;
    throw new AppError('unauthenticated', 'unauthenticated', 'Send METRICS_TOKEN as Authorization: Bearer.');
  }
  // A proxy on this machine is loopback too: what it brings from elsewhere it names here.
  const forwarded = (headers.get('x-forwarded-for') ?? '').split(',').filter((ip) => ip.trim() !== '');
  if (isLoopback(clientIp(headers)) && forwarded.every((ip) => isLoopback(ip.trim()))) return;
  throw new AppError(
    'forbidden',
    'loopback_only',
    'Set METRICS_TOKEN to read the metrics from another machine.',
  );
}

function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
