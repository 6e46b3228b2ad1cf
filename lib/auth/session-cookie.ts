import { decode } from 'next-auth/jwt';
import { getEnv } from '@/lib/env';

/** Cookies are Secure and __Host- when people reach us by https; browsers refuse both on plain http. */
export function usesSecureCookies(): boolean {
  return getEnv().publicUrl.startsWith('https://');
}

export function sessionCookieName(): string {
  return usesSecureCookies() ? '__Host-herald.session' : 'herald.session';
}

/** One cookie out of a Cookie header. */
export function readCookie(header: string | null, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/** The session a next-auth cookie names; undefined when it is not one we sealed, or has expired. */
export async function openSessionCookie(value: string): Promise<string | undefined> {
  try {
    const token = await decode({ token: value, secret: getEnv().authSecret });
    return typeof token?.sessionId === 'string' ? token.sessionId : undefined;
  } catch {
    return undefined;
  }
}
