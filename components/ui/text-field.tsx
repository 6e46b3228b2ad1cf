'use client';

import { Eye, EyeOff } from 'lucide-react';
import { useState, type ComponentProps, type ReactNode } from 'react';
import { cn } from './class-names';

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  label: string;
  id: string;
  error?: string;
  hint?: string;
}

const BOX =
  'h-11 w-full rounded-lg border border-line-strong bg-surface px-3 text-base text-ink md:h-9 md:text-sm aria-invalid:border-danger';

/** A labelled input; its error is tied to it. */
export function TextField({ label, id, error, hint, className, ...props }: TextFieldProps) {
  return (
    <Labelled label={label} id={id} error={error} hint={hint}>
      <input
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, error, hint)}
        className={cn(BOX, className)}
        {...props}
      />
    </Labelled>
  );
}

/** A password that can be shown; pasting and password managers work as usual. */
export function PasswordField({ label, id, error, hint, ...props }: TextFieldProps) {
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
          className={cn(BOX, 'pe-12')}
          {...props}
        />
        <button
          type="button"
          aria-label={isShown ? 'Hide password' : 'Show password'}
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

function Labelled(props: { label: string; id: string; error?: string; hint?: string; children: ReactNode }) {
  return (
    <div>
      <label htmlFor={props.id} className="mb-1 block font-medium">
        {props.label}
      </label>
      {props.children}
      {props.hint && (
        <p id={`${props.id}-hint`} className="mt-1 text-muted">
          {props.hint}
        </p>
      )}
      {props.error && (
        <p id={`${props.id}-error`} className="mt-1 text-danger">
          {props.error}
        </p>
      )}
    </div>
  );
}

function describedBy(id: string, error?: string, hint?: string): string | undefined {
  return [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
}
