'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { useIsTouched } from '@/components/ui/later';

const ENTRY =
  'flex min-h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-xs font-medium transition-colors md:min-h-9 md:flex-none md:flex-row md:justify-start md:gap-2.5 md:rounded-lg md:px-2.5 md:text-sm md:hover:bg-sunken';

/** Leads to a part of the application, and says when one is in it. */
export function SectionLink({ href, children }: { href: string; children: ReactNode }) {
  const path = usePathname();
  // Where nobody has moved yet, five pages read ahead would only keep this one from coming alive.
  const prefetch = useIsTouched() ? null : false;
  const isHere = path === href || path.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      prefetch={prefetch}
      aria-current={isHere ? 'page' : undefined}
      className={`${ENTRY} ${isHere ? 'text-accent md:bg-sunken' : 'text-muted hover:text-ink'}`}
    >
      {children}
    </Link>
  );
}
