'use client';

import { useQuery } from '@tanstack/react-query';
import { messageOf } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import { Banner } from '@/components/ui/banner';
import { LocalTime } from '@/components/ui/local-time';
import type { Sender } from '@/lib/senders/schema';
import { fetchSenders } from './api';
import { SandboxBanner } from './sandbox-banner';
import { SenderCards } from './sender-cards';
import { SenderTable } from './sender-table';

const REFRESH_MS = 15_000;

interface SenderListProps {
  initial: Sender[];
  /** When the server read it, ms since 1970. */
  readAt: number;
}

/** The senders the server has read, read again every 15 s: status, quality and webhook change by themselves. */
export function SenderList({ initial, readAt }: SenderListProps) {
  const query = useQuery({
    queryKey: queryKeys.senders,
    queryFn: ({ signal }) => fetchSenders(signal),
    gcTime: 0,
    initialData: initial,
    initialDataUpdatedAt: readAt,
    refetchInterval: REFRESH_MS,
  });
  return (
    <div className="space-y-4">
      {query.isError && (
        <Banner look="danger" title="The list could not be refreshed" role="alert">
          {messageOf(query.error)} What you see is from{' '}
          <LocalTime value={query.dataUpdatedAt} format="clock" />.
        </Banner>
      )}
      {query.data.some(({ sandbox }) => sandbox) && <SandboxBanner />}
      <SenderTable senders={query.data} readAt={readAt} />
      <SenderCards senders={query.data} readAt={readAt} />
    </div>
  );
}
