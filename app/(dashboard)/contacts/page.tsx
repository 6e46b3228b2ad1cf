import type { Metadata } from 'next';
import { DoNotContact } from '@/components/contacts/do-not-contact';
import { readAs } from '@/lib/auth/read-as';
import { listOptOuts } from '@/lib/opt-outs/list';
import { isE164, optOutSourceSchema } from '@/lib/opt-outs/schema';
import { normalizePhone } from '@/lib/recipients/phone';
import { pathWith, requireUser } from '../require-user';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const metadata: Metadata = { title: 'Contacts' };

const PAGE_SIZE = 50;

export default async function ContactsPage({ searchParams }: Props) {
  const filters = parseFilters(await searchParams);
  const user = await requireUser(pathWith('/contacts', filters));
  const query = { workspaceId: user.workspaceId, ...filters, limit: PAGE_SIZE };
  const firstPage = await readAs(user, () => listOptOuts(query));
  return (
    <DoNotContact
      key={JSON.stringify(filters)}
      filters={filters}
      firstPage={firstPage}
      readAt={Date.now()}
      lookUp={filters.search === undefined || filters.source ? null : wholeNumber(filters.search)}
    />
  );
}

function parseFilters(params: Record<string, string | string[] | undefined>) {
  const search =
    typeof params.search === 'string' ? params.search.replaceAll('\0', '').trim().slice(0, 200) : '';
  return { source: optOutSourceSchema.safeParse(params.source).data, search: search || undefined };
}

function wholeNumber(search: string): string | null {
  const read = normalizePhone({ phoneNumber: search });
  return read.ok && isE164(read.phone) ? read.phone : null;
}
