'use client';

import { useRef, type ReactNode } from 'react';
import { later } from '@/components/ui/later';
import { MenuButton } from '@/components/ui/menu-button';
import type { Theme } from './theme';

const AccountMenuPopup = later(async () => (await import('./account-menu-popup')).AccountMenuPopup);

const LOOKS = {
  header: '-me-3 grid size-11 place-items-center rounded-lg text-muted hover:bg-sunken hover:text-ink',
  sidebar:
    'flex min-h-9 w-full items-center gap-2.5 rounded-lg px-2.5 text-sm font-medium text-muted transition-colors hover:bg-sunken hover:text-ink',
} as const;

interface AccountMenuProps {
  email: string;
  theme: Theme;
  place: keyof typeof LOOKS;
  children: ReactNode;
}

/** Who is signed in, the colours, and the way out. */
export function AccountMenu(props: AccountMenuProps) {
  const container = useRef<HTMLDivElement>(null);
  const isHeader = props.place === 'header';
  return (
    <>
      <MenuButton
        className={LOOKS[props.place]}
        popup={(menu) => (
          <AccountMenuPopup
            {...menu}
            email={props.email}
            theme={props.theme}
            container={container}
            side={isHeader ? 'bottom' : 'top'}
            align={isHeader ? 'end' : 'start'}
          />
        )}
      >
        {props.children}
      </MenuButton>
      <div ref={container} className="contents" />
    </>
  );
}
