import type { Metadata } from 'next';
import { ConnectForm } from '@/components/senders/connect-form';
import { TrySandbox } from '@/components/senders/try-sandbox';
import { PageHeader } from '@/components/ui/page-header';
import { getEnv } from '@/lib/env';
import { countryOptions } from '@/lib/senders/countries';
import { requireUser } from '../../require-user';

export const metadata: Metadata = { title: 'Add a sender' };

export default async function NewSenderPage() {
  await requireUser('/senders/new');
  return (
    <div className="space-y-6">
      <PageHeader title="Add a sender" lead="A WhatsApp Business number that campaigns go out from." />
      {getEnv().sandbox && <TrySandbox />}
      <ConnectForm countries={countryOptions()} />
    </div>
  );
}
