import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { callbackPath } from '@/components/auth/callback-path';
import { SignUpForm } from '@/components/auth/sign-up-form';
import { getSessionUser } from '@/lib/auth/session-user';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const metadata: Metadata = { title: 'Create an account' };

export default async function SignUpPage({ searchParams }: Props) {
  const path = callbackPath((await searchParams).callbackUrl);
  if (await getSessionUser()) redirect(path);
  return (
    <>
      <h1 className="mb-6 text-xl font-semibold">Create an account</h1>
      <SignUpForm callbackPath={path} />
      <p className="mt-6 text-muted">
        Already have an account?{' '}
        <Link
          href={{ pathname: '/login', query: { callbackUrl: path } }}
          className="text-accent underline underline-offset-2"
        >
          Sign in
        </Link>
      </p>
    </>
  );
}
