import { Skeleton } from '@/components/ui/skeleton';

/** Stands for `sections` sections with a form each. */
export function SectionsSkeleton({ sections, label }: { sections: number; label: string }) {
  return (
    <div aria-busy="true" aria-label={label} role="region">
      {Array.from({ length: sections }, (_, i) => (
        <div
          key={i}
          className="grid gap-4 border-t py-8 first:border-t-0 first:pt-0 lg:grid-cols-[1fr_2fr] lg:gap-8"
        >
          <div className="space-y-2">
            <Skeleton className="h-5 w-32" />
            <Skeleton className="h-10 max-w-72" />
          </div>
          <div className="max-w-xl space-y-4">
            <Skeleton className="h-17 md:h-15" />
            <Skeleton className="h-11 w-32 md:h-9" />
          </div>
        </div>
      ))}
    </div>
  );
}

/** Stands for a list of `rows` rows under a line of text. */
export function ListSkeleton({ rows, label }: { rows: number; label: string }) {
  return (
    <div aria-busy="true" aria-label={label} role="region" className="space-y-4">
      <Skeleton className="h-9 max-w-xl" />
      <div className="divide-y rounded-lg border bg-surface">
        {Array.from({ length: rows }, (_, i) => (
          <div key={i} className="px-4 py-4">
            <Skeleton className="h-5 w-2/3" />
          </div>
        ))}
      </div>
    </div>
  );
}
