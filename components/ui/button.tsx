import { LoaderCircle } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from './class-names';

const LOOKS = {
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-hover',
  secondary: 'bg-surface text-ink hover:bg-sunken',
  danger: 'bg-surface text-danger hover:bg-danger-soft',
  quiet: 'border-transparent text-muted hover:bg-sunken hover:text-ink',
} as const;

/** The looks of a button, also for links that act like one. 44 px high under a thumb, 36 px under a mouse. */
export function buttonLook(look: keyof typeof LOOKS = 'secondary', className?: string): string {
  return cn(
    'inline-flex h-11 items-center justify-center gap-2 rounded-lg border px-4 font-medium whitespace-nowrap transition-colors md:h-9 md:px-3',
    'disabled:opacity-60 [&_svg]:size-4 [&_svg]:shrink-0',
    LOOKS[look],
    className,
  );
}

interface ButtonProps extends ComponentProps<'button'> {
  look?: keyof typeof LOOKS;
  /** Under way: shows it and takes no second click, but keeps the focus. */
  busy?: boolean;
  /** Not possible now: the id of what says why, which is read out with it. It takes no click, but keeps the focus. */
  blockedBy?: string | undefined;
}

export function Button({
  look,
  busy = false,
  blockedBy,
  className,
  children,
  onClick,
  ...props
}: ButtonProps) {
  return (
    <button
      type="button"
      aria-disabled={busy || blockedBy !== undefined || undefined}
      aria-describedby={blockedBy}
      className={buttonLook(look, cn(busy && 'opacity-70', blockedBy && 'opacity-60', className))}
      onClick={(event) => {
        if (busy || blockedBy !== undefined) event.preventDefault();
        else onClick?.(event);
      }}
      {...props}
    >
      {busy && <LoaderCircle aria-hidden className="animate-spin" />}
      {children}
    </button>
  );
}
