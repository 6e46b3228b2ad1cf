'use client';

import { useQuery } from '@tanstack/react-query';
import { Banner } from '@/components/ui/banner';
import { queryKeys } from '@/components/api/query-keys';

const CHECK_MS = 10_000;

/** Says so when no worker process is alive: campaigns then wait. Health's 503 carries the number too. */
export function WorkersBanner({ workers: initial }: { workers: number | null }) {
  const { data: workers } = useQuery({
    queryKey: queryKeys.health,
    queryFn: fetchWorkers,
    initialData: initial,
    refetchInterval: CHECK_MS,
    staleTime: CHECK_MS,
    retry: false,
  });
  if (workers !== 0) return null;
  return (
    <div className="mb-6">
      <Banner look="plain" title="No worker is running" role="status">
        Messages wait until one is started (<code>npm run worker</code>); nothing is lost.
      </Banner>
    </div>
  );
}

async function fetchWorkers({ signal }: { signal: AbortSignal }): Promise<number | null> {
  const response = await fetch('/api/health', { signal });
  const body = (await response.json()) as { workers?: unknown };
  return typeof body.workers === 'number' ? body.workers : null;
}
