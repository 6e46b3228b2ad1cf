import type { ReactNode } from 'react';

interface PanelProps {
  id: string;
  title: string;
  /** One sentence under the title. */
  lead?: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
}

/** A part of a sender's page, with its own heading. */
export function Panel({ id, title, lead, action, children }: PanelProps) {
  return (
    <section aria-labelledby={id} className="rounded-lg border bg-surface p-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-60">
          <h2 id={id} className="font-semibold">
            {title}
          </h2>
          {lead && <div className="mt-1 max-w-[70ch] text-muted">{lead}</div>}
        </div>
        {action}
      </div>
      {children && <div className="mt-4 empty:hidden">{children}</div>}
    </section>
  );
}
