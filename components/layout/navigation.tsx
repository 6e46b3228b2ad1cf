'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '@/components/ui/class-names';
import { AccountMenu } from './account-menu';
import { Brand } from './brand';
import { SECTIONS } from './sections';
import type { Theme } from './theme';

interface NavigationProps {
  email: string;
  theme: Theme;
}

/** A sidebar from 768 px up; below it a header with the account, and a bar at the thumb. */
export function Navigation({ email, theme }: NavigationProps) {
  const path = usePathname();
  return (
    <>
      <header className="flex h-14 items-center justify-between border-b bg-surface px-4 md:hidden print:hidden">
        <Link href="/campaigns" aria-label="Herald, home" className="flex min-h-11 items-center">
          <Brand />
        </Link>
        <AccountMenu email={email} theme={theme} place="header" />
      </header>
      <nav
        aria-label="Main"
        className="fixed inset-x-0 bottom-0 z-30 flex border-t bg-surface pb-[env(safe-area-inset-bottom)] md:sticky md:inset-x-auto md:top-0 md:h-dvh md:w-56 md:shrink-0 md:flex-col md:gap-1 md:border-e md:border-t-0 md:p-3 print:hidden"
      >
        <Link href="/campaigns" aria-label="Herald, home" className="mb-4 hidden px-2 py-2 md:block">
          <Brand />
        </Link>
        {SECTIONS.map(({ href, word, icon: Icon }) => (
          <Link
            key={href}
            href={href}
            aria-current={isWithin(path, href) ? 'page' : undefined}
            className={cn(ENTRY, isWithin(path, href) && 'text-accent md:bg-sunken')}
          >
            <Icon aria-hidden className="size-5 md:size-4" />
            {word}
          </Link>
        ))}
        <div className="hidden grow md:block" />
        <div className="hidden md:block">
          <AccountMenu email={email} theme={theme} place="sidebar" />
        </div>
      </nav>
    </>
  );
}

const ENTRY =
  'flex min-h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-xs font-medium text-muted transition-colors hover:text-ink md:min-h-9 md:flex-none md:flex-row md:justify-start md:gap-2.5 md:rounded-lg md:px-2.5 md:text-sm md:hover:bg-sunken';

function isWithin(path: string, section: string): boolean {
  return path === section || path.startsWith(`${section}/`);
}
