'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { queryKeys } from '@/components/api/query-keys';
import type { Sender, UpdateSender } from '@/lib/senders/schema';
import { fetchSender, syncSender, testSender, updateSender } from './api';

const REFRESH_MS = 15_000;

/** The sender the server has read, read again every 15 s: status, quality and webhook change by themselves. */
export function useSender(initial: Sender, readAt: number) {
  return useQuery({
    queryKey: queryKeys.sender(initial.id),
    queryFn: ({ signal }) => fetchSender(initial.id, signal),
    gcTime: 0,
    initialData: initial,
    initialDataUpdatedAt: readAt,
    refetchInterval: REFRESH_MS,
  });
}

/** Fetches number and templates from WhatsApp; by itself, once, for a sender that was just added. */
export function useSync(sender: Sender, isNew: boolean) {
  const client = useQueryClient();
  const sync = useMutation({
    mutationFn: () => syncSender(sender.id),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.sender(sender.id) }),
  });
  const isDue = useRef(isNew && sender.synced_at === null);
  const { mutate } = sync;
  useEffect(() => {
    if (!isDue.current) return;
    isDue.current = false;
    mutate();
  }, [mutate]);
  return sync;
}

export function useConnectionTest(senderId: string) {
  return useMutation({ mutationFn: () => testSender(senderId) });
}

/** Saves what is given and shows what the server made of it. */
export function useUpdateSender(senderId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (changes: UpdateSender) => updateSender(senderId, changes),
    onSuccess: (sender) => client.setQueryData<Sender>(queryKeys.sender(senderId), sender),
  });
}
