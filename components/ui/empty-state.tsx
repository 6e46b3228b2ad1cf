import type { ReactNode } from 'react';

/** Nothing here: one sentence, one action. */
export function EmptyState({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-4 rounded-lg border border-dashed px-6 py-16 text-center">
      <p className="max-w-md text-muted">{children}</p>
      {action}
    </div>
  );
}
