'use client';

import { CSPProvider } from '@base-ui/react/csp-provider';
import type { ReactNode } from 'react';
import { Toaster } from '@/components/ui/toaster';

// Zod would try whether it may compile code: the page's policy forbids it, and the browser reports the attempt.
if (typeof window !== 'undefined') Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <CSPProvider nonce={nonce}>
      {children}
      <Toaster />
    </CSPProvider>
  );
}
