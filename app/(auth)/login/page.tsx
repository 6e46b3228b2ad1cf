import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { callbackPath } from '@/components/auth/callback-path';
import { SignInForm } from '@/components/auth/sign-in-form';
import { getSessionUser } from '@/lib/auth/session-user';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const metadata: Metadata = { title: 'Sign in' };

export default async function LoginPage({ searchParams }: Props) {
  const path = callbackPath((await searchParams).callbackUrl);
  if (await getSessionUser()) redirect(path);
  return (
    <>
      <h1 className="mb-6 text-xl font-semibold">Sign in</h1>
      <SignInForm callbackPath={path} />
      <p className="mt-6 text-muted">
        No account yet?{' '}
        <Link
          href={{ pathname: '/signup', query: { callbackUrl: path } }}
          className="text-accent underline underline-offset-2"
        >
          Create one
        </Link>
      </p>
    </>
  );
}
