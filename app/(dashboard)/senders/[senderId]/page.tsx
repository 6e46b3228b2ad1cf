import type { Metadata } from 'next';
import { SenderDetail } from '@/components/senders/sender-detail';
import { getSessionUser } from '@/lib/auth/session-user';
import { countryOptions } from '@/lib/senders/countries';
import { requireUser } from '../../require-user';
import { loadSender } from './load-sender';

interface Props {
  params: Promise<{ senderId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  // Without a user the page itself leads to the sign-in, with the way back.
  const user = await getSessionUser();
  return { title: user ? (await loadSender(user.workspaceId, (await params).senderId)).name : 'Sender' };
}

export default async function SenderPage({ params, searchParams }: Props) {
  const { senderId } = await params;
  const isNew = (await searchParams).added !== undefined;
  const user = await requireUser(`/senders/${senderId}`);
  const sender = await loadSender(user.workspaceId, senderId);
  return <SenderDetail initial={sender} countries={countryOptions()} isNew={isNew} readAt={Date.now()} />;
}
