import { Skeleton } from '@/components/ui/skeleton';
import { BetweenPages } from '../../between-pages';

export default function Loading() {
  return (
    <BetweenPages>
      <div role="status" aria-label="Loading the sender" className="space-y-6">
        <div className="space-y-3">
          <Skeleton className="h-5 w-20" />
          <Skeleton className="h-14 w-64 max-w-full" />
        </div>
        <Skeleton className="h-40 md:h-20" />
        <div className="grid gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <div className="space-y-6">
            <Skeleton className="h-40" />
            <Skeleton className="h-56" />
          </div>
          <div className="space-y-6">
            <Skeleton className="h-56" />
            <Skeleton className="h-40" />
          </div>
        </div>
      </div>
    </BetweenPages>
  );
}
