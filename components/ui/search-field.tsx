import { Search } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from './class-names';
import { CONTROL } from './labelled';

/** A box to search in, without a visible label: say what is searched in `aria-label` and `placeholder`. */
export function SearchField({ className, ...props }: ComponentProps<'input'>) {
  return (
    <div className={cn('relative min-w-0', className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute start-3 top-1/2 size-4 -translate-y-1/2 text-muted"
      />
      <input type="search" maxLength={200} className={cn(CONTROL, 'ps-9')} {...props} />
    </div>
  );
}
