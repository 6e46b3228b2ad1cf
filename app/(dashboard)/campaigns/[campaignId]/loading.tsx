import { Skeleton } from '@/components/ui/skeleton';
import { BetweenPages } from '../../between-pages';

/** A campaign's page in its shape, while it is read. */
export default function Loading() {
  return (
    <BetweenPages>
      <div aria-busy className="space-y-6">
        <span className="sr-only" role="status">
          Reading the campaign…
        </span>
        <div className="space-y-3">
          <Skeleton className="h-5 w-28" />
          <div className="flex flex-col gap-4 md:flex-row md:justify-between">
            <Skeleton className="h-16 w-64 max-w-full" />
            <Skeleton className="h-11 md:h-9 md:w-48" />
          </div>
        </div>
        <Skeleton className="h-44" />
        <div className="grid grid-cols-2 gap-px lg:grid-cols-4">
          {Array.from({ length: 4 }, (_, i) => (
            <Skeleton key={i} className="h-32" />
          ))}
        </div>
        <div className="grid gap-6 lg:grid-cols-[3fr_2fr]">
          <Skeleton className="h-72" />
          <Skeleton className="h-72" />
        </div>
        <Skeleton className="h-96" />
      </div>
    </BetweenPages>
  );
}
