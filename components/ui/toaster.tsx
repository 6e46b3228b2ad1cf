'use client';

import { Toaster as Sonner } from 'sonner';

/** Where short-lived news appears ("Saved"). Nothing that needs an answer goes there: it would be gone. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      mobileOffset={{ bottom: '5.5rem' }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-full items-center gap-2.5 rounded-lg border bg-surface px-4 py-3 text-sm text-ink [&_svg]:size-4',
          description: 'text-muted',
        },
      }}
    />
  );
}
