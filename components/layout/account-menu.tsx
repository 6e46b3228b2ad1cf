'use client';

import { Menu } from '@base-ui/react/menu';
import { Check, CircleUser, LogOut, Settings } from 'lucide-react';
import Link from 'next/link';
import { useRef, useState } from 'react';
import { signOutHere } from '@/components/auth/session';
import { applyTheme, THEMES, THEME_WORDS, type Theme } from './theme';

const ITEM =
  'flex min-h-11 cursor-pointer items-center gap-2 rounded-md px-2 outline-none data-[highlighted]:bg-sunken md:min-h-8';

const TRIGGERS = {
  header: '-me-3 grid size-11 place-items-center rounded-lg text-muted hover:bg-sunken hover:text-ink',
  sidebar:
    'flex min-h-9 w-full items-center gap-2.5 rounded-lg px-2.5 text-sm font-medium text-muted transition-colors hover:bg-sunken hover:text-ink',
} as const;

/** Who is signed in, the colours, and the way out. */
export function AccountMenu(props: { email: string; theme: Theme; place: keyof typeof TRIGGERS }) {
  const [theme, setTheme] = useState(props.theme);
  // Opened inside the navigation, not at the end of the page: a menu outside every landmark is lost.
  const place = useRef<HTMLDivElement>(null);
  return (
    <Menu.Root>
      <Menu.Trigger className={TRIGGERS[props.place]}>
        <CircleUser aria-hidden className="size-5 shrink-0 md:size-4" />
        <span className={props.place === 'header' ? 'sr-only' : 'min-w-0 truncate'}>
          {props.place === 'header' ? 'Account' : props.email}
        </span>
      </Menu.Trigger>
      <div ref={place} className="contents" />
      <Menu.Portal container={place}>
        <Menu.Positioner
          side={props.place === 'header' ? 'bottom' : 'top'}
          align={props.place === 'header' ? 'end' : 'start'}
          sideOffset={8}
          className="z-50"
        >
          <Menu.Popup className="min-w-56 rounded-lg border bg-surface p-1.5 outline-none">
            <p className="max-w-72 px-2 py-1.5 break-words text-muted">{props.email}</p>
            <Menu.RadioGroup
              value={theme}
              onValueChange={(value: Theme) => {
                setTheme(value);
                applyTheme(value);
              }}
            >
              <Menu.GroupLabel className="px-2 py-1.5 text-muted">Colours</Menu.GroupLabel>
              {THEMES.map((value) => (
                <Menu.RadioItem key={value} value={value} closeOnClick={false} className={ITEM}>
                  <span className="size-4">
                    <Menu.RadioItemIndicator>
                      <Check aria-hidden className="size-4" />
                    </Menu.RadioItemIndicator>
                  </span>
                  {THEME_WORDS[value]}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            <Menu.Separator className="my-1.5 h-px bg-line" />
            <Menu.LinkItem className={ITEM} closeOnClick render={<Link href="/settings" />}>
              <Settings aria-hidden className="size-4" />
              Settings
            </Menu.LinkItem>
            <Menu.Item className={ITEM} onClick={() => void signOutHere()}>
              <LogOut aria-hidden className="size-4" />
              Sign out
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
