'use client';

import { Suspense, useCallback, useRef, useState, type ReactNode } from 'react';
import { useOnceTrue } from './later';
import type { MenuPopupProps } from './menu-popup';

interface MenuButtonProps {
  className: string;
  /** What a screen reader says instead of the children. */
  label?: string;
  disabled?: boolean;
  children: ReactNode;
  /** The menu, by a component that `later` has made. */
  popup: (menu: MenuPopupProps) => ReactNode;
}

/** Opens a menu by a click, Enter, Space or an arrow key; the focus comes back here when it closes. */
export function MenuButton({ className, label, disabled, children, popup }: MenuButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const isWanted = useOnceTrue(isOpen);
  const onOpenChange = useCallback((open: boolean, event?: Event) => {
    // A press on the button while it is open is the button's own affair: it closes.
    if (!open && event && button.current?.contains(event.target as Node)) return;
    setOpen(open);
  }, []);
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={label}
        disabled={disabled}
        data-popup-open={isOpen || undefined}
        className={className}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {children}
      </button>
      {isWanted && <Suspense>{popup({ anchor: button, open: isOpen, onOpenChange })}</Suspense>}
    </>
  );
}
