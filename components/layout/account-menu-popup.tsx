'use client';

import { Menu } from '@base-ui/react/menu';
import { Check, LogOut, Settings } from 'lucide-react';
import Link from 'next/link';
import { useState, type RefObject } from 'react';
import { signOutHere } from '@/components/auth/session';
import { MENU_ITEM, MenuItem, MenuPopup, type MenuPopupProps } from '@/components/ui/menu-popup';
import { applyTheme, THEMES, THEME_WORDS, type Theme } from './theme';

interface AccountMenuPopupProps extends MenuPopupProps {
  email: string;
  theme: Theme;
  container: RefObject<HTMLElement | null>;
  side: 'top' | 'bottom';
  align: 'start' | 'end';
}

/** What AccountMenu shows. */
export function AccountMenuPopup({ email, theme: initial, ...menu }: AccountMenuPopupProps) {
  const [theme, setTheme] = useState(initial);
  return (
    <MenuPopup {...menu} label="Account" className="min-w-56">
      <p className="max-w-72 px-2 py-1.5 break-words text-muted">{email}</p>
      <Menu.RadioGroup
        value={theme}
        onValueChange={(value: Theme) => {
          setTheme(value);
          applyTheme(value);
        }}
      >
        <Menu.GroupLabel className="px-2 py-1.5 text-muted">Colours</Menu.GroupLabel>
        {THEMES.map((value) => (
          <Menu.RadioItem key={value} value={value} closeOnClick={false} className={MENU_ITEM}>
            <span className="size-4">
              <Menu.RadioItemIndicator>
                <Check aria-hidden />
              </Menu.RadioItemIndicator>
            </span>
            {THEME_WORDS[value]}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Separator className="my-1.5 h-px bg-line" />
      <Menu.LinkItem className={MENU_ITEM} closeOnClick render={<Link href="/settings" />}>
        <Settings aria-hidden />
        Settings
      </Menu.LinkItem>
      <MenuItem onClick={() => void signOutHere()}>
        <LogOut aria-hidden />
        Sign out
      </MenuItem>
    </MenuPopup>
  );
}
