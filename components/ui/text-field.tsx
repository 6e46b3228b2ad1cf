'use client';

import { Eye, EyeOff } from 'lucide-react';
import { useState, type ComponentProps } from 'react';
import { cn } from './class-names';
import { CONTROL, describedBy, Labelled } from './labelled';

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  label: string;
  id: string;
  error?: string;
  hint?: string;
}

/** A labelled input; its error is tied to it. */
export function TextField({ label, id, error, hint, className, ...props }: TextFieldProps) {
  return (
    <Labelled label={label} id={id} error={error} hint={hint}>
      <input
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, error, hint)}
        className={cn(CONTROL, className)}
        {...props}
      />
    </Labelled>
  );
}

/** A password, or another secret (`what`), that can be shown; pasting and password managers work as usual. */
export function PasswordField({
  label,
  id,
  error,
  hint,
  what = 'password',
  ...props
}: TextFieldProps & { what?: string }) {
  const [isShown, setShown] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <Labelled label={label} id={id} error={error} hint={hint}>
      <div className="relative">
        <input
          id={id}
          type={isShown ? 'text' : 'password'}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, error, hint)}
          className={cn(CONTROL, 'pe-12')}
          {...props}
        />
        <button
          type="button"
          aria-label={`${isShown ? 'Hide' : 'Show'} ${what}`}
          aria-controls={id}
          className="absolute inset-y-0 end-0 grid w-11 place-items-center rounded-lg text-muted hover:text-ink"
          onClick={() => setShown(!isShown)}
        >
          <Icon aria-hidden className="size-4" />
        </button>
      </div>
    </Labelled>
  );
}
