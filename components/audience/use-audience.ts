'use client';

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { AudienceClient } from './audience-client';
import type { Audience } from './types';

/** A list of recipients for the page that calls this; its worker ends with the page. */
export function useAudience(): Audience {
  const [client] = useState(() => new AudienceClient());
  const snapshot = useSyncExternalStore(client.subscribe, client.snapshot, client.snapshot);
  useEffect(() => {
    client.keep();
    return () => client.leave();
  }, [client]);
  return useMemo(() => {
    const { read, clear, check, rows, edit, toCsv, rejectsToCsv } = client;
    return { ...snapshot, read, clear, check, rows, edit, toCsv, rejectsToCsv };
  }, [client, snapshot]);
}
