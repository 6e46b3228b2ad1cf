import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names';

interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type' | 'id'> {
  id: string;
  children: ReactNode;
}

/** A native checkbox with its words beside it; the whole line is the target. */
export function Checkbox({ id, children, className, ...props }: CheckboxProps) {
  return (
    <label
      htmlFor={id}
      className={cn('flex min-h-11 items-start gap-2.5 py-2.5 md:min-h-9 md:py-1.5', className)}
    >
      <input id={id} type="checkbox" className="mt-0.5 size-4 shrink-0 accent-accent" {...props} />
      <span>{children}</span>
    </label>
  );
}
