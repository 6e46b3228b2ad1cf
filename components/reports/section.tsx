import type { ReactNode } from 'react';

interface SectionProps {
  id: string;
  title: string;
  children: ReactNode;
}

/** One part of a report, under its heading, which never stands alone at the foot of a page. */
export function Section({ id, title, children }: SectionProps) {
  return (
    <section aria-labelledby={id} className="space-y-3">
      <h2 id={id} className="break-after-avoid border-b pb-1 text-base font-semibold">
        {title}
      </h2>
      {children}
    </section>
  );
}
