'use client';

import { useRouter } from 'next/navigation';
import { startTransition } from 'react';
import { Button } from '@/components/ui/button';

export interface PageFailedProps {
  error: Error & { digest?: string };
  reset: () => void;
}

/** A page that could not be made; mostly the database is away. Nothing was changed by looking. */
export function PageFailed({ error, reset }: PageFailedProps) {
  const router = useRouter();
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-4 px-6 py-24 text-center">
      <title>Something went wrong · Herald</title>
      <h1 className="text-xl font-semibold">This page could not be shown</h1>
      <p role="alert" className="text-muted">
        Herald may be restarting, or its database cannot be reached. Sending goes on by itself; nothing is
        lost.
      </p>
      <Button
        look="primary"
        onClick={() => {
          startTransition(() => {
            router.refresh();
            reset();
          });
        }}
      >
        Try again
      </Button>
      {error.digest && <p className="text-muted">Reference for the log: {error.digest}</p>}
    </div>
  );
}
