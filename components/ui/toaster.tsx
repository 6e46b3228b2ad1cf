'use client';

import { Suspense } from 'react';
import { later, useIsTouched } from './later';

const Sonner = later(async () => (await import('sonner')).Toaster);

/** Where short-lived news appears ("Saved"). Nothing that needs an answer goes there: it would be gone. */
export function Toaster() {
  // All news answers something a person did.
  return (
    useIsTouched() && (
      <Suspense>
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
      </Suspense>
    )
  );
}
