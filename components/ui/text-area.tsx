import type { ComponentProps } from 'react';
import { cn } from './class-names';
import { CONTROL, describedBy, Labelled } from './labelled';

interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'id'> {
  label: string;
  id: string;
  error?: string;
  hint?: string;
}

/** A labelled box for several lines. */
export function TextArea({ label, id, error, hint, className, ...props }: TextAreaProps) {
  return (
    <Labelled label={label} id={id} error={error} hint={hint}>
      <textarea
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, error, hint)}
        className={cn(CONTROL, 'h-auto! min-h-24 py-2', className)}
        {...props}
      />
    </Labelled>
  );
}
