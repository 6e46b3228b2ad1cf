import { Skeleton } from '@/components/ui/skeleton';

/** The wizard's shape while its page is read. */
export function WizardSkeleton() {
  return (
    <div className="space-y-6" role="status" aria-label="Loading the campaign">
      <Skeleton className="h-7 w-48" />
      <Skeleton className="h-12 w-full" />
      <div className="grid gap-6 lg:grid-cols-[1fr_22rem]">
        <div className="space-y-4">
          <Skeleton className="h-16" />
          <Skeleton className="h-16" />
          <Skeleton className="h-64" />
        </div>
        <Skeleton className="hidden h-80 lg:block" />
      </div>
    </div>
  );
}
