'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { isWorthRetrying } from './request';

/** What the browser knows is known to all parts of its page; the server begins anew for each request. */
const inBrowser = typeof window === 'undefined' ? null : createClient();

/**
 * Around what reads and changes data while the page is open. Not around the whole application: a page's first load
 * has it only where the page cannot do without.
 */
export function LiveData({ children }: { children: ReactNode }) {
  const [client] = useState(() => inBrowser ?? createClient());
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

function createClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 5_000, retry: (failures, error) => failures < 2 && isWorthRetrying(error) },
    },
  });
}
