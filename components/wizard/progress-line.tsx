import type { ReactNode } from 'react';
import { Bar } from '@/components/ui/bar';

interface ProgressLineProps {
  title: string;
  /** 0–1; null while nobody knows. */
  share: number | null;
  children?: ReactNode;
}

/** How far something is that takes a while, with a way to stop it. */
export function ProgressLine({ title, share, children }: ProgressLineProps) {
  // A tenth at a time: a screen reader is told of each step.
  const tenths = share === null ? null : Math.floor(share * 10) * 10;
  return (
    <div className="flex items-center gap-4 rounded-lg border bg-surface px-4 py-3">
      <div className="min-w-0 flex-1 space-y-2">
        <p className="flex justify-between gap-4">
          <span>{title}</span>
          {share !== null && <span className="text-muted">{Math.floor(share * 100)} %</span>}
        </p>
        <div
          role="progressbar"
          aria-label={title}
          aria-valuemin={0}
          aria-valuemax={100}
          {...(share === null ? {} : { 'aria-valuenow': Math.floor(share * 100) })}
        >
          <Bar parts={[{ share: share ?? 0, className: 'fill-bar' }]} />
        </div>
        <p role="status" className="sr-only">
          {tenths !== null && tenths > 0 && `${tenths} %`}
        </p>
      </div>
      {children}
    </div>
  );
}
