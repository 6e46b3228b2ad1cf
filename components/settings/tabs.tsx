'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { SETTINGS_TABS } from '@/components/layout/sections';
import { cn } from '@/components/ui/class-names';

/** The pages of the settings; links, so that each has an address. */
export function SettingsTabs() {
  const path = usePathname();
  return (
    <nav
      aria-label="Settings"
      className="-mx-4 flex overflow-x-auto overflow-y-hidden border-b px-2 md:mx-0 md:px-0"
    >
      {SETTINGS_TABS.map(({ href, word }) => (
        <Link
          key={href}
          href={href}
          aria-current={isIn(path, href) ? 'page' : undefined}
          className={cn(
            '-mb-px flex min-h-11 items-center border-b-2 px-2 font-medium whitespace-nowrap transition-colors md:px-3',
            isIn(path, href) ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink',
          )}
        >
          {word}
        </Link>
      ))}
    </nav>
  );
}

/** A page may have others under it; the first tab's address stands before all of them. */
function isIn(path: string, href: string): boolean {
  return path === href || (href !== '/settings' && path.startsWith(`${href}/`));
}
