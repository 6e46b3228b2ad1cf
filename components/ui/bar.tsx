import { cn } from './class-names';

interface BarProps {
  /** 0–1 each, drawn one after the other. */
  parts: { share: number; className: string }[];
  className?: string;
}

/** A bar of shares, drawn as SVG: widths as style attributes would need an open style policy. Decoration only. */
export function Bar({ parts, className }: BarProps) {
  const starts = parts.map((_, i) => parts.slice(0, i).reduce((sum, part) => sum + part.share, 0));
  return (
    <svg
      aria-hidden
      focusable="false"
      viewBox="0 0 100 4"
      preserveAspectRatio="none"
      className={cn('block h-1.5 w-full overflow-hidden rounded-full bg-line', className)}
    >
      {parts.map((part, i) => (
        <rect
          key={part.className}
          x={(starts[i] ?? 0) * 100}
          width={part.share * 100}
          height="4"
          className={part.className}
        />
      ))}
    </svg>
  );
}
