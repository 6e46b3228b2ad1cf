const HOME = '/campaigns';

/**
 * Where to go after signing in: a path of this site, never another one. `//evil.example` and `/\evil.example`
 * are other sites to a browser, so the text is resolved as a browser would and only its path is kept.
 */
export function callbackPath(value: unknown): string {
  if (typeof value !== 'string' || !value.startsWith('/')) return HOME;
  const base = 'http://here.invalid';
  if (!URL.canParse(value, base)) return HOME;
  const url = new URL(value, base);
  if (url.origin !== base || isSignInPage(url.pathname)) return HOME;
  const path = url.pathname + url.search + url.hash;
  return path.startsWith('//') ? HOME : path;
}

function isSignInPage(path: string): boolean {
  return path === '/login' || path === '/signup' || path.startsWith('/api/');
}
