import type { ReactNode } from 'react';

/** The look of a box one types into or chooses from. 44 px high under a thumb, 36 px under a mouse. */
export const CONTROL =
  'h-11 w-full rounded-lg border border-line-strong bg-surface px-3 text-base text-ink md:h-9 md:text-sm aria-invalid:border-danger disabled:opacity-60';

interface LabelledProps {
  label: string;
  id: string;
  error?: string;
  hint?: string;
  children: ReactNode;
}

/** A control with its label, its hint and its error; tie them to it with `describedBy`. */
export function Labelled({ label, id, error, hint, children }: LabelledProps) {
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="mt-1 text-danger">
          {error}
        </p>
      )}
    </div>
  );
}

/** The ids for `aria-describedby`. */
export function describedBy(id: string, error?: string, hint?: string): string | undefined {
  return [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
}
