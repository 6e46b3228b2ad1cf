'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import type { SyncReport } from '@/lib/templates/schema';
import { syncSender } from './api';

export type SyncState =
  { kind: 'running' } | { kind: 'done'; report: SyncReport } | { kind: 'failed'; message: string };

export interface Sync {
  /** By sender id; absent: not asked for on this page. */
  states: Readonly<Record<string, SyncState>>;
  isRunning: boolean;
  /** One after the other: WhatsApp counts the calls of an account. */
  start: (senderIds: readonly string[]) => void;
}

/** Syncs senders and keeps what came of each. */
export function useSync(): Sync {
  const client = useQueryClient();
  const [states, setStates] = useState<Readonly<Record<string, SyncState>>>({});
  const setState = (id: string, state: SyncState) => setStates((before) => ({ ...before, [id]: state }));

  async function syncOne(id: string): Promise<void> {
    const state = await syncSender(id).then(
      (report): SyncState => ({ kind: 'done', report }),
      (error: unknown): SyncState => ({ kind: 'failed', message: messageOf(error) }),
    );
    await Promise.all([
      client.invalidateQueries({ queryKey: queryKeys.templates }),
      client.invalidateQueries({ queryKey: queryKeys.senders }),
    ]);
    setState(id, state);
  }

  async function syncEach(ids: readonly string[]): Promise<void> {
    for (const id of ids) await syncOne(id);
  }

  return {
    states,
    isRunning: Object.values(states).some(({ kind }) => kind === 'running'),
    start: (ids) => {
      const idle = ids.filter((id) => states[id]?.kind !== 'running');
      for (const id of idle) setState(id, { kind: 'running' });
      void syncEach(idle);
    },
  };
}
