'use client';

import { Menu } from '@base-ui/react/menu';
import { Check, CircleUser, LogOut, Settings } from 'lucide-react';
import Link from 'next/link';
import { useRef, useState } from 'react';
import { signOutHere } from '@/components/auth/session';
import { THEME_COOKIE, THEMES, type Theme } from './theme';

const WORDS: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' };
const ITEM =
  'flex min-h-11 cursor-pointer items-center gap-2 rounded-md px-2 outline-none data-[highlighted]:bg-sunken md:min-h-8';

/** Who is signed in, the colours, and the way out. */
export function AccountMenu(props: { email: string; theme: Theme; className: string }) {
  const [theme, setTheme] = useState(props.theme);
  // Opened inside the navigation, not at the end of the page: a menu outside every landmark is lost.
  const place = useRef<HTMLDivElement>(null);
  return (
    <Menu.Root>
      <Menu.Trigger className={props.className}>
        <CircleUser aria-hidden className="size-5 shrink-0 md:size-4" />
        <span className="md:hidden">Account</span>
        <span className="hidden min-w-0 truncate md:block">{props.email}</span>
      </Menu.Trigger>
      <div ref={place} className="contents" />
      <Menu.Portal container={place}>
        <Menu.Positioner side="top" align="start" sideOffset={8} className="z-50">
          <Menu.Popup className="min-w-56 rounded-lg border bg-surface p-1.5 outline-none">
            <p className="truncate px-2 py-1.5 text-muted md:hidden">{props.email}</p>
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
                  {WORDS[value]}
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

function applyTheme(theme: Theme): void {
  const year = 365 * 24 * 60 * 60;
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${theme === 'system' ? 0 : year}; samesite=lax`;
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
