import { Ban, CircleAlert, CircleCheck, CircleDashed, Copy, List } from 'lucide-react';
import type { AudienceCounts, Fault } from '@/components/audience/types';
import { cn } from '@/components/ui/class-names';
import { formatCount } from '@/components/ui/numbers';

/** Which rows are shown. */
export type RowKind = 'all' | 'sendable' | 'faulty' | Fault;

export const FAULT_WORDS: Record<Fault, string> = {
  invalid: 'Invalid',
  missing: 'Value missing',
  duplicate: 'Duplicate',
  suppressed: 'Do not contact',
};

export const FAULT_ICONS = {
  invalid: CircleAlert,
  missing: CircleDashed,
  duplicate: Copy,
  suppressed: Ban,
} as const;

interface RowFilterProps {
  counts: AudienceCounts;
  isChecking: boolean;
  kind: RowKind;
  onChange: (kind: RowKind) => void;
}

/** The counts, each a filter; they always add up to the first. */
export function RowFilter({ counts, isChecking, kind, onChange }: RowFilterProps) {
  const faulty = counts.total - counts.willSend;
  const chips = [
    { kind: 'all', word: 'All rows', count: counts.total, icon: List },
    { kind: 'sendable', word: 'Will be sent', count: counts.willSend, icon: CircleCheck },
    { kind: 'faulty', word: 'With a fault', count: faulty, icon: CircleAlert },
    { kind: 'invalid', word: FAULT_WORDS.invalid, count: counts.invalid, icon: FAULT_ICONS.invalid },
    { kind: 'missing', word: FAULT_WORDS.missing, count: counts.missing, icon: FAULT_ICONS.missing },
    { kind: 'duplicate', word: FAULT_WORDS.duplicate, count: counts.duplicate, icon: FAULT_ICONS.duplicate },
    {
      kind: 'suppressed',
      word: FAULT_WORDS.suppressed,
      count: counts.suppressed,
      icon: FAULT_ICONS.suppressed,
    },
  ] as const;
  return (
    <div>
      <div
        role="group"
        aria-label="Show rows"
        className={cn('flex flex-wrap gap-2', isChecking && 'opacity-70')}
      >
        {chips.map(({ kind: each, word, count, icon: Icon }, i) => (
          <button
            key={each}
            id={i === 0 ? 'row-filter' : undefined}
            type="button"
            aria-pressed={each === kind}
            onClick={() => onChange(each)}
            className={cn(
              'inline-flex h-11 items-center gap-2 rounded-lg border px-3 md:h-9',
              each === kind
                ? 'border-accent bg-accent-soft text-ink'
                : 'bg-surface text-muted hover:text-ink',
            )}
          >
            <Icon aria-hidden className="size-4" />
            {word}
            <span className="font-medium text-ink">{formatCount(count)}</span>
          </button>
        ))}
      </div>
      <p role="status" className="sr-only">
        {!isChecking &&
          `${formatCount(counts.willSend)} of ${formatCount(counts.total)} rows will be sent, ${formatCount(faulty)} have a fault.`}
      </p>
    </div>
  );
}
