import type { Metadata } from 'next';
import { PreferencesForm } from '@/components/settings/preferences-form';
import { readAs } from '@/lib/auth/read-as';
import { listCountries } from '@/lib/settings/countries';
import { getSettings } from '@/lib/settings/queries';
import { requireUser } from '../../require-user';

export const metadata: Metadata = { title: 'Preferences' };

export default async function PreferencesPage() {
  const user = await requireUser('/settings/preferences');
  const settings = await readAs(user, () => getSettings(user));
  return <PreferencesForm settings={settings} countries={listCountries()} />;
}
