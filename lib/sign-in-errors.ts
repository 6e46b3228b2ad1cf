/** What next-auth's signIn() returns as `error`, and what to show for it. Safe in the browser. */
const messages: Record<string, string> = {
  CredentialsSignin: 'The email or the password is wrong.',
  rate_limited: 'Too many attempts; wait a little and try again.',
  unavailable: 'Signing in is not possible at the moment; try again shortly.',
};

export function signInErrorMessage(error: string): string {
  return messages[error] ?? 'Signing in did not work; try again.';
}
