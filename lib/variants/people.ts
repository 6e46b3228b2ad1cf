import type { Variant } from './schema';

type Counts = Pick<Variant, 'sent' | 'failed' | 'pending' | 'skipped' | 'unconfirmed'>;

/** To how many people a message goes, whatever becomes of it (browser-safe). */
export function peopleOf({ sent, failed, pending, skipped, unconfirmed }: Counts): number {
  return sent + failed + pending + skipped + unconfirmed;
}
