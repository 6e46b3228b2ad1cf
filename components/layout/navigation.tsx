'use client';

import { BookOpen, ContactRound, Megaphone } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '@/components/ui/class-names';
import { AccountMenu } from './account-menu';
import { Brand } from './brand';
import type { Theme } from './theme';

const ENTRIES = [
  { href: '/campaigns', word: 'Campaigns', icon: Megaphone },
  { href: '/contacts', word: 'Contacts', icon: ContactRound },
  { href: '/docs', word: 'API', icon: BookOpen },
] as const;

interface NavigationProps {
  email: string;
  theme: Theme;
}

/** A sidebar from 768 px up, a bar at the thumb below. */
export function Navigation({ email, theme }: NavigationProps) {
  const path = usePathname();
  return (
    <>
      <header className="flex h-14 items-center border-b bg-surface px-4 md:hidden">
        <Link href="/campaigns" aria-label="Herald, home">
          <Brand />
        </Link>
      </header>
      <nav
        aria-label="Main"
        className="fixed inset-x-0 bottom-0 z-30 flex border-t bg-surface pb-[env(safe-area-inset-bottom)] md:sticky md:inset-x-auto md:top-0 md:h-dvh md:w-56 md:shrink-0 md:flex-col md:gap-1 md:border-e md:border-t-0 md:p-3"
      >
        <Link href="/campaigns" aria-label="Herald, home" className="mb-4 hidden px-2 py-2 md:block">
          <Brand />
        </Link>
        {ENTRIES.map(({ href, word, icon: Icon }) => (
          <Link
            key={href}
            href={href}
            prefetch={href === '/docs' ? false : undefined}
            aria-current={path.startsWith(href) ? 'page' : undefined}
            className={cn(navEntryLook, path.startsWith(href) && 'text-accent md:bg-sunken')}
          >
            <Icon aria-hidden className="size-5 md:size-4" />
            {word}
          </Link>
        ))}
        <div className="hidden grow md:block" />
        <AccountMenu email={email} theme={theme} className={navEntryLook} />
      </nav>
    </>
  );
}

const navEntryLook =
  'flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 text-xs font-medium text-muted transition-colors hover:text-ink md:min-h-9 md:flex-none md:flex-row md:justify-start md:gap-2.5 md:rounded-lg md:px-2.5 md:text-sm md:hover:bg-sunken';
