import type { ReactNode } from 'react';
import { cn } from './class-names';

interface PageHeaderProps {
  title: string;
  /** One sentence on what the page is for. */
  lead?: ReactNode;
  /** What a person mostly does here. */
  actions?: ReactNode;
}

/** The one heading of a page, and its actions beside it. */
export function PageHeader({ title, lead, actions }: PageHeaderProps) {
  return (
    <div
      className={cn(
        'flex flex-wrap justify-between gap-x-4 gap-y-3 md:flex-nowrap',
        lead ? 'items-start' : 'items-center',
      )}
    >
      <div className="min-w-0">
        <h1 dir="auto" className="text-left text-xl font-semibold break-words rtl:text-right">
          {title}
        </h1>
        {lead && <p className="mt-1 max-w-[70ch] text-muted">{lead}</p>}
      </div>
      {actions && <div className="flex shrink-0 flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
