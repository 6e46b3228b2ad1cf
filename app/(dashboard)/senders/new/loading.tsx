import { Skeleton } from '@/components/ui/skeleton';
import { BetweenPages } from '../../between-pages';

export default function Loading() {
  return (
    <BetweenPages>
      <div role="status" aria-label="Loading the form" className="space-y-6">
        <div className="space-y-2">
          <Skeleton className="h-7 w-40" />
          <Skeleton className="h-5 w-72 max-w-full" />
        </div>
        <Skeleton className="h-24" />
        <Skeleton className="h-[40rem]" />
      </div>
    </BetweenPages>
  );
}
