import type { ReactNode } from 'react';

interface SectionProps {
  id: string;
  title: string;
  /** One or two sentences on what it does. */
  lead?: ReactNode;
  children: ReactNode;
}

/** One matter of the settings: its words at the side on a desk, above on a phone. */
export function Section({ id, title, lead, children }: SectionProps) {
  return (
    <section
      aria-labelledby={id}
      className="grid gap-4 border-t py-8 first:border-t-0 first:pt-0 lg:grid-cols-[1fr_2fr] lg:gap-8"
    >
      <div>
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {lead && <p className="mt-1 max-w-[60ch] text-muted">{lead}</p>}
      </div>
      <div className="max-w-xl min-w-0">{children}</div>
    </section>
  );
}
