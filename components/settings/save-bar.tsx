import { Check } from 'lucide-react';
import { Button } from '@/components/ui/button';

interface SaveBarProps {
  /** What the button does, as a verb. */
  save: string;
  isBusy: boolean;
  /** What was done, while it still holds; null: nothing to tell. */
  done: string | null;
}

/** The end of a form: its button, and beside it what came of it. */
export function SaveBar({ save, isBusy, done }: SaveBarProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <Button type="submit" look="primary" busy={isBusy}>
        {save}
      </Button>
      <p role="status" className="inline-flex items-center gap-1.5 text-accent">
        {done && (
          <>
            <Check aria-hidden className="size-4" />
            {done}
          </>
        )}
      </p>
    </div>
  );
}
