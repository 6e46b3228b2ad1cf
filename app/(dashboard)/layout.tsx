import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { Keyboard } from '@/components/layout/keyboard';
import { Navigation } from '@/components/layout/navigation';
import { WorkersBanner } from '@/components/layout/parts';
import { parseTheme, THEME_COOKIE } from '@/components/layout/theme';
import { readAs } from '@/lib/auth/read-as';
import { getSessionUser } from '@/lib/auth/session-user';
import { checkHealth } from '@/lib/operations/health';
import { getSettings } from '@/lib/settings/queries';

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const user = await getSessionUser();
  // A layout does not know its path: the page, which asks again by itself, leads to the sign-in and back.
  if (!user) return children;
  const [{ workers }, settings] = await Promise.all([checkHealth(), readAs(user, () => getSettings(user))]);
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <div className="md:flex">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-lg focus:bg-surface focus:px-4 focus:py-2"
      >
        Skip to the content
      </a>
      <Navigation email={user.email} theme={theme} />
      <main id="main" tabIndex={-1} className="min-w-0 flex-1 px-4 pt-6 pb-28 outline-none md:px-8 md:pb-12">
        <div className="mx-auto max-w-6xl">
          <WorkersBanner workers={workers} />
          {children}
        </div>
      </main>
      <Keyboard letters={settings.shortcuts_enabled} />
    </div>
  );
}
