import { AppError } from '@/lib/errors';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A change that comes by cookie must be proved to come from our own pages: by Sec-Fetch-Site, which no page
 * can forge, and by Origin. A request with neither is refused: programs use a Bearer token.
 */
export function requireSameOrigin(request: Request, publicUrl: string): void {
  if (safeMethods.has(request.method)) return;
  const fetchSite = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  const isSameSite = fetchSite === null || fetchSite === 'same-origin';
  const isOurs = origin === null || isOwnOrigin(origin, request.headers.get('host'), publicUrl);
  if (isSameSite && isOurs && (fetchSite !== null || origin !== null)) return;
  throw new AppError(
    'forbidden',
    'cross_origin',
    'A change made with the session cookie must come from this site; programs send an access token instead.',
  );
}

function isOwnOrigin(origin: string, host: string | null, publicUrl: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host: originHost } = new URL(origin);
  if (protocol !== 'http:' && protocol !== 'https:') return false;
  return originHost === host?.toLowerCase() || origin === new URL(publicUrl).origin;
}
