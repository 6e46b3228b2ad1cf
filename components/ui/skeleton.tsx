import { cn } from './class-names';

/** Stands where content will be, in its shape; read out by the region it fills, not by itself. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn('animate-pulse rounded-lg bg-sunken', className)} />;
}
