import type { GraphPhoneNumber } from '@/lib/whatsapp/graph';

const MAX_CHARS = 1_000;

/**
 * Why WhatsApp limits or blocks a number, in its own words: the first thing that is wrong and what it says to do
 * about it; null where it gives no reason.
 */
export function healthReason({ health_status: health }: GraphPhoneNumber): string | null {
  const words = (health?.entities ?? [])
    .flatMap((entity) => entity.errors)
    .flatMap(({ error_description: what, possible_solution: how }) => [what, how])
    .filter(Boolean);
  return words.length > 0 ? words.slice(0, 2).join(' ').slice(0, MAX_CHARS) : null;
}
