import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { BetweenPages } from '../between-pages';

export default function LoadingContacts() {
  return (
    <BetweenPages>
      <div aria-busy="true" aria-label="Contacts are being read" role="region" className="space-y-6">
        <PageHeader
          title="Contacts"
          lead="Look anybody up by number. Whoever is on this list is never written to: each message checks it again just before it leaves."
          actions={<Skeleton className="h-11 w-64 md:h-9" />}
        />
        <Skeleton className="h-11 w-full max-w-xl md:h-9" />
        <div className="space-y-3">
          <Skeleton className="h-9 w-64" />
          <Skeleton className="h-96 w-full" />
        </div>
      </div>
    </BetweenPages>
  );
}
