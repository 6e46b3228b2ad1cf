import type { Metadata } from 'next';
import { Rates } from '@/components/rates/rates';
import { readAs } from '@/lib/auth/read-as';
import { listRates } from '@/lib/costs/rates';
import { dayOf } from '@/lib/costs/sum';
import { listCountries } from '@/lib/settings/countries';
import { requireUser } from '../../require-user';

export const metadata: Metadata = { title: 'Rates' };

export default async function RatesPage() {
  const user = await requireUser('/settings/rates');
  const rates = await readAs(user, () => listRates(user.workspaceId));
  return <Rates initial={rates} countries={listCountries()} today={dayOf(new Date())} readAt={Date.now()} />;
}
