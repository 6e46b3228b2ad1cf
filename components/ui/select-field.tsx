import type { ComponentProps } from 'react';
import { cn } from './class-names';
import { CONTROL, describedBy, Labelled } from './labelled';

interface SelectFieldProps extends Omit<ComponentProps<'select'>, 'id'> {
  label: string;
  id: string;
  error?: string;
  hint?: string;
  options: readonly { value: string; word: string; disabled?: boolean }[];
}

/** A labelled native select: the best one on a phone, and known to every screen reader. */
export function SelectField({ label, id, error, hint, options, className, ...props }: SelectFieldProps) {
  return (
    <Labelled label={label} id={id} error={error} hint={hint}>
      <select
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, error, hint)}
        className={cn(CONTROL, className)}
        {...props}
      >
        {options.map(({ value, word, disabled }) => (
          <option key={value} value={value} disabled={disabled}>
            {word}
          </option>
        ))}
      </select>
    </Labelled>
  );
}
