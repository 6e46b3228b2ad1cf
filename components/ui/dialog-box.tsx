'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { cn } from './class-names';

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
  /** `sheet`: from the side on a desk, the whole screen on a phone; for what is read beside the page. */
  shape?: 'box' | 'sheet';
  /** Gets the focus as it opens; not by `autoFocus`, or nobody knows any more where to return it. */
  initialFocus?: RefObject<HTMLElement | null>;
}

const SHAPES = {
  box: 'top-1/2 left-1/2 max-h-[85dvh] w-[min(32rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 rounded-lg border',
  sheet: 'inset-0 md:inset-y-0 md:start-auto md:end-0 md:w-[28rem] md:border-s',
};

/** What Dialog shows. */
export function DialogBox({ open, onOpenChange, title, children, shape = 'box', initialFocus }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-black/40 transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <Base.Popup
          initialFocus={initialFocus}
          className={cn(
            'fixed z-50 overflow-y-auto bg-surface p-6 transition-opacity outline-none data-[ending-style]:opacity-0 data-[starting-style]:opacity-0',
            SHAPES[shape],
          )}
        >
          <div className="flex items-start justify-between gap-4">
            <Base.Title className="text-base font-semibold">{title}</Base.Title>
            <Base.Close
              aria-label="Close"
              className="-m-2.5 grid size-11 shrink-0 place-items-center rounded-lg text-muted hover:bg-sunken hover:text-ink"
            >
              <X aria-hidden className="size-4" />
            </Base.Close>
          </div>
          <div className="mt-4">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
