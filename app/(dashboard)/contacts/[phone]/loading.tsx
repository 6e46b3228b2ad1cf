import { Skeleton } from '@/components/ui/skeleton';
import { BetweenPages } from '../../between-pages';

export default function LoadingContact() {
  return (
    <BetweenPages>
      <div aria-busy="true" aria-label="The contact is being read" role="region" className="space-y-6">
        <div className="space-y-3">
          <Skeleton className="h-5 w-24" />
          <Skeleton className="h-11 w-56 md:h-9" />
        </div>
        <Skeleton className="h-20 w-full" />
        <Skeleton className="h-64 w-full" />
        <Skeleton className="h-40 w-full" />
      </div>
    </BetweenPages>
  );
}
