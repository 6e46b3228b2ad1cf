import { Skeleton } from '@/components/ui/skeleton';
import { BetweenPages } from './between-pages';

/** A heading, a line of controls and a list: the shape of most pages. */
export default function Loading() {
  return (
    <BetweenPages>
      <div role="status" aria-label="Loading" className="space-y-6">
        <Skeleton className="h-7 w-40" />
        <Skeleton className="h-11 w-full md:h-9 md:max-w-md" />
        <div className="space-y-3">
          {[0, 1, 2, 3, 4].map((i) => (
            <Skeleton key={i} className="h-16 w-full" />
          ))}
        </div>
      </div>
    </BetweenPages>
  );
}
