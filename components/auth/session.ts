import { signInErrorMessage } from '@/lib/sign-in-errors';

/** Signs the browser in. Returns what to show when it did not work, else null. */
export async function signInWithPassword(email: string, password: string): Promise<string | null> {
  try {
    const { signIn } = await nextAuth();
    const result = await signIn('credentials', { email, password, redirect: false });
    return result?.ok && !result.error ? null : signInErrorMessage(result?.error ?? 'unavailable');
  } catch {
    return signInErrorMessage('unavailable');
  }
}

/** Ends the session here and on the server, then shows the sign-in page. */
export async function signOutHere(): Promise<void> {
  const { signOut } = await nextAuth();
  await signOut({ redirect: false });
  window.location.assign('/login');
}

/** Its code is for these two moments: no page loads it before. */
function nextAuth(): Promise<typeof import('next-auth/react')> {
  return import('next-auth/react');
}
