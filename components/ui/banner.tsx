import { FlaskConical, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './class-names';

const LOOKS = {
  warn: { icon: TriangleAlert, className: 'border-warn-line bg-warn-soft text-warn' },
  sandbox: { icon: FlaskConical, className: 'border-warn-line bg-warn-soft text-warn' },
  danger: { icon: TriangleAlert, className: 'border-danger/30 bg-danger-soft text-danger' },
  plain: { icon: Info, className: 'bg-sunken text-ink' },
} as const;

interface BannerProps {
  look: keyof typeof LOOKS;
  title: string;
  children?: ReactNode;
  /** Read out when it appears: for what a person must know now. */
  role?: 'alert' | 'status';
}

/** One thing a person should know about the page, with its cause and what to do. */
export function Banner({ look, title, children, role }: BannerProps) {
  const { icon: Icon, className } = LOOKS[look];
  return (
    <div role={role} className={cn('flex gap-3 rounded-lg border px-4 py-3', className)}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        {children && (
          <div className="max-w-[70ch] break-words" dir="auto">
            {children}
          </div>
        )}
      </div>
    </div>
  );
}
