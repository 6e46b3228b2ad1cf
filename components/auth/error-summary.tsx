'use client';

import { useEffect, useRef } from 'react';

export interface FormFault {
  /** The id of the field to mend, and its label; none: the fault is of the whole form. */
  field?: string;
  label?: string;
  message: string;
}

/** What is wrong with a form, announced at once; each fault leads to its field. */
export function ErrorSummary({ faults }: { faults: FormFault[] }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (faults.length > 0) box.current?.focus();
  }, [faults]);
  if (faults.length === 0) return null;
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="rounded-lg border border-danger/30 bg-danger-soft px-4 py-3 text-danger"
    >
      {faults.map(({ field, label, message }) => (
        <p key={`${field} ${message}`}>
          {field ? (
            <a href={`#${field}`} className="underline underline-offset-2">
              {label && `${label}: `}
              {message}
            </a>
          ) : (
            message
          )}
        </p>
      ))}
    </div>
  );
}
