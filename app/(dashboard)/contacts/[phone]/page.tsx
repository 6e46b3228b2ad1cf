import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ContactView } from '@/components/contacts/contact-view';
import { readAs } from '@/lib/auth/read-as';
import { getContact } from '@/lib/contacts/queries';
import { isE164 } from '@/lib/opt-outs/schema';
import { requireUser } from '../../require-user';

interface Props {
  params: Promise<{ phone: string }>;
}

const PAGE_SIZE = 20;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: readPhone((await params).phone) ?? 'Contact' };
}

export default async function ContactPage({ params }: Props) {
  const { phone: segment } = await params;
  const user = await requireUser(`/contacts/${segment}`);
  const phone = readPhone(segment);
  if (phone === null) notFound();
  const { workspaceId } = user;
  const contact = await readAs(user, () => getContact({ workspaceId, phone, limit: PAGE_SIZE }));
  return <ContactView initial={contact} readAt={Date.now()} />;
}

/** The address holds it encoded; null for anything but E.164. */
function readPhone(segment: string): string | null {
  try {
    const phone = decodeURIComponent(segment);
    return isE164(phone) ? phone : null;
  } catch {
    return null;
  }
}
