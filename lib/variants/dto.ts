import type { campaigns } from '@/db/schema/campaigns';
import { keyOfVariant } from './keys';
import { VARIANT_KEYS } from './keys';
import type { ShownHoldback, Variant } from './schema';
import type { StoredVariants } from './stored';

type Counts = Omit<Variant, 'key' | 'template_id' | 'template_name' | 'template_language' | 'share'> & {
  /** 0: of who waits for the choice. */
  variant: number;
};

const NONE = {
  ...{ sent: 0, delivered: 0, read: 0, failed: 0, pending: 0, skipped: 0, unconfirmed: 0 },
  ...{ replied: 0, opted_out: 0, clicked: 0 },
};

/** A campaign's messages in their outside shape, from what campaigns/select.ts reads. */
export function toVariants(stored: StoredVariants | null, counts: unknown, names: unknown): Variant[] | null {
  if (!stored) return null;
  const templates = read<{ id: number; name: string; language: string }>(names);
  return stored.flatMap(({ template_id, share }, i) => {
    const key = VARIANT_KEYS[i];
    if (!key) return [];
    const template = templates.find(({ id }) => id === template_id);
    const { variant: _, ...counted } = countsOf(counts, i + 1);
    return [
      {
        key,
        template_id,
        template_name: template?.name ?? '',
        template_language: template?.language ?? '',
        share,
        ...counted,
      },
    ];
  });
}

/** What is known of the choice. */
export function toHoldback(
  { holdback, winner, decision, testEndedAt, status }: typeof campaigns.$inferSelect,
  counts: unknown,
): ShownHoldback | null {
  if (!holdback) return null;
  const minutes = winner === null && status !== 'stopped' ? holdback.after_minutes : null;
  const decidesAt =
    minutes === null || !testEndedAt ? null : new Date(testEndedAt.getTime() + minutes * 60_000);
  return {
    ...holdback,
    waiting: countsOf(counts, 0).pending,
    winner: keyOfVariant(winner),
    decision,
    test_ended_at: testEndedAt?.toISOString() ?? null,
    decides_at: decidesAt?.toISOString() ?? null,
  };
}

function countsOf(stored: unknown, variant: number): Counts {
  return read<Counts>(stored).find((counts) => counts.variant === variant) ?? { ...NONE, variant };
}

/** Drizzle's pool setting hands json over as text. */
function read<T>(stored: unknown): T[] {
  return ((typeof stored === 'string' ? JSON.parse(stored) : stored) as T[] | null) ?? [];
}
