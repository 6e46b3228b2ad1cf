import type { ReactNode } from 'react';
import { LiveData } from '@/components/api/live-data';
import { SettingsTabs } from '@/components/settings/tabs';
import { PageHeader } from '@/components/ui/page-header';
import { getSessionUser } from '@/lib/auth/session-user';

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  // As in the dashboard's layout: the page leads to the sign-in by itself.
  if (!(await getSessionUser())) return children;
  return (
    <div className="space-y-6">
      <PageHeader title="Settings" />
      <SettingsTabs />
      <div className="pt-2">
        <LiveData>{children}</LiveData>
      </div>
    </div>
  );
}
