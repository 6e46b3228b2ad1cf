import { CircleUser } from 'lucide-react';
import Link from 'next/link';
import { AccountMenu } from './account-menu';
import { Brand } from './brand';
import { SECTION_ICONS } from './section-icons';
import { SectionLink } from './section-link';
import { SECTIONS } from './sections';
import type { Theme } from './theme';

interface NavigationProps {
  email: string;
  theme: Theme;
}

/** A sidebar from 768 px up; below it a header with the account, and a bar at the thumb. */
export function Navigation({ email, theme }: NavigationProps) {
  return (
    <>
      <header className="flex h-14 items-center justify-between border-b bg-surface px-4 md:hidden print:hidden">
        <Link
          href="/campaigns"
          prefetch={false}
          aria-label="Herald, home"
          className="flex min-h-11 items-center"
        >
          <Brand />
        </Link>
        <AccountMenu email={email} theme={theme} place="header">
          <CircleUser aria-hidden className="size-5" />
          <span className="sr-only">Account</span>
        </AccountMenu>
      </header>
      <nav
        aria-label="Main"
        className="fixed inset-x-0 bottom-0 z-30 flex border-t bg-surface pb-[env(safe-area-inset-bottom)] md:sticky md:inset-x-auto md:top-0 md:h-dvh md:w-56 md:shrink-0 md:flex-col md:gap-1 md:border-e md:border-t-0 md:p-3 print:hidden"
      >
        <Link
          href="/campaigns"
          prefetch={false}
          aria-label="Herald, home"
          className="mb-4 hidden px-2 py-2 md:block"
        >
          <Brand />
        </Link>
        {SECTIONS.map(({ href, word }) => {
          const Icon = SECTION_ICONS[href];
          return (
            <SectionLink key={href} href={href}>
              <Icon aria-hidden className="size-5 md:size-4" />
              {word}
            </SectionLink>
          );
        })}
        <div className="hidden grow md:block" />
        <div className="hidden md:block">
          <AccountMenu email={email} theme={theme} place="sidebar">
            <CircleUser aria-hidden className="size-4 shrink-0" />
            <span className="min-w-0 truncate">{email}</span>
          </AccountMenu>
        </div>
      </nav>
    </>
  );
}
