import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { BetweenPages } from '../between-pages';

/** In the shape of the page: senders, filters, cards. */
export default function Loading() {
  return (
    <BetweenPages>
      <div aria-busy className="space-y-6">
        <PageHeader
          title="Templates"
          lead="The message templates of your WhatsApp accounts, shown with example values."
        />
        <p role="status" className="sr-only">
          Loading the templates…
        </p>
        <Skeleton className="h-[4.5rem]" />
        <div className="grid grid-cols-2 gap-2 md:flex">
          <Skeleton className="col-span-2 h-11 md:h-9 md:w-80" />
          <Skeleton className="h-11 md:h-9 md:w-36" />
          <Skeleton className="h-11 md:h-9 md:w-36" />
          <Skeleton className="h-11 md:h-9 md:w-36" />
        </div>
        <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
          {[1, 2, 3, 4, 5, 6].map((card) => (
            <Skeleton key={card} className="h-[28rem]" />
          ))}
        </div>
      </div>
    </BetweenPages>
  );
}
