import { Skeleton } from '@/components/ui/skeleton';
import { BetweenPages } from '../between-pages';

/** The list in its shape, while it is read. */
export default function Loading() {
  return (
    <BetweenPages>
      <div aria-busy className="space-y-6">
        <span className="sr-only" role="status">
          Reading the campaigns…
        </span>
        <div className="flex items-center justify-between">
          <Skeleton className="h-7 w-32" />
          <Skeleton className="h-11 w-36 md:h-9" />
        </div>
        <div className="flex flex-wrap gap-2">
          <Skeleton className="h-11 basis-full md:h-9 md:max-w-xs md:basis-48" />
          <Skeleton className="h-11 grow md:h-9 md:w-80 md:grow-0" />
        </div>
        <div className="space-y-3">
          {Array.from({ length: 6 }, (_, i) => (
            <Skeleton key={i} className="h-36 md:h-16" />
          ))}
        </div>
      </div>
    </BetweenPages>
  );
}
