import type { ReactNode } from 'react';

/** A sheet of paper: in ink on white whatever the screen's colours are, and without the application around it. */
export default function ReportLayout({ children }: { children: ReactNode }) {
  return (
    <div data-paper className="min-h-dvh bg-white">
      <main className="mx-auto max-w-4xl px-4 py-8 md:px-8 print:max-w-none">{children}</main>
    </div>
  );
}
