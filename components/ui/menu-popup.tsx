'use client';

import { Menu } from '@base-ui/react/menu';
import type { ComponentProps, ReactNode, RefObject } from 'react';

/** What a MenuButton gives its menu. */
export interface MenuPopupProps {
  anchor: RefObject<HTMLElement | null>;
  open: boolean;
  onOpenChange: (open: boolean, event?: Event) => void;
}

interface Props extends MenuPopupProps {
  label: string;
  /** Where in the page it opens: inside a landmark, or a screen reader's user loses it. */
  container: RefObject<HTMLElement | null>;
  side: 'top' | 'bottom';
  align: 'start' | 'end';
  className?: string;
  children: ReactNode;
}

/** A menu that hangs on its button; its entries are MenuItem or what else Base UI's Menu has. */
export function MenuPopup({ anchor, open, onOpenChange, label, container, className, ...props }: Props) {
  return (
    <Menu.Root open={open} onOpenChange={(next, { event }) => onOpenChange(next, event)}>
      <Menu.Portal container={container}>
        <Menu.Positioner
          anchor={anchor}
          side={props.side}
          align={props.align}
          sideOffset={4}
          className="z-50"
        >
          <Menu.Popup
            aria-label={label}
            finalFocus={anchor}
            className={`rounded-lg border bg-surface p-1.5 outline-none ${className ?? ''}`}
          >
            {props.children}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

export const MENU_ITEM =
  'flex min-h-11 cursor-pointer items-center gap-2 rounded-md px-2 outline-none data-[highlighted]:bg-sunken md:min-h-8 [&_svg]:size-4';

export function MenuItem({ className, ...props }: ComponentProps<typeof Menu.Item>) {
  return (
    <Menu.Item className={`${MENU_ITEM} ${typeof className === 'string' ? className : ''}`} {...props} />
  );
}
