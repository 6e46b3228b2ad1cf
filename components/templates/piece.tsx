import type { PreviewPiece } from '@/lib/templates/preview-pieces';
import { cn } from '@/components/ui/class-names';

// Read out, not shown, and not part of the text that is copied.
const SPOKEN =
  'before:absolute before:size-px before:overflow-hidden before:whitespace-nowrap before:[clip-path:inset(50%)]';

/** A stretch of a message: values are tinted and announced, what is still to be filled has a dashed line. */
export function Piece({ piece: { text, key, filled } }: { piece: PreviewPiece }) {
  if (key === null) return text;
  return (
    <mark
      data-parameter={key}
      className={cn(
        'relative rounded-sm box-decoration-clone text-inherit',
        SPOKEN,
        filled
          ? "bg-accent-soft before:content-['value:']"
          : "border-b border-dashed border-warn bg-warn-soft text-warn before:content-['not_filled:']",
      )}
    >
      {text}
    </mark>
  );
}
