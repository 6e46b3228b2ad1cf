import { redirect } from 'next/navigation';
import { getSessionUser } from '@/lib/auth/session-user';
import type { AuthUser } from '@/lib/auth/user';

/** Every page asks by itself before it reads anything. `path` is where to come back to after signing in. */
export async function requireUser(path: string): Promise<AuthUser> {
  const user = await getSessionUser();
  if (!user) redirect(`/login?callbackUrl=${encodeURIComponent(path)}`);
  return user;
}

/** A page's path with those of its filters that are set. */
export function pathWith(path: string, filters: Record<string, string | undefined>): string {
  const set = Object.entries(filters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return set.length > 0 ? `${path}?${new URLSearchParams(set).toString()}` : path;
}
