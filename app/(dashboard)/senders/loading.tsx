import { Skeleton } from '@/components/ui/skeleton';
import { BetweenPages } from '../between-pages';

export default function Loading() {
  return (
    <BetweenPages>
      <div role="status" aria-label="Loading the senders" className="space-y-6">
        <div className="flex justify-between gap-4">
          <div className="space-y-2">
            <Skeleton className="h-7 w-32" />
            <Skeleton className="h-5 w-64 max-w-full" />
          </div>
          <Skeleton className="hidden h-9 w-36 md:block" />
        </div>
        <div className="space-y-3">
          <Skeleton className="h-40 lg:h-16" />
          <Skeleton className="h-40 lg:h-16" />
        </div>
      </div>
    </BetweenPages>
  );
}
