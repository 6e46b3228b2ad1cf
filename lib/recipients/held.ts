import type { recipients } from '@/db/schema/recipients';

/**
 * SQL of whether a row is held: WhatsApp has taken the message and assesses the template's quality before it delivers
 * (`held_for_quality_assessment`, reference §1 and "Pacing"). Any word of it ends that: it was released, or dropped.
 * `row` is the alias of something with the columns of recipients.
 */
export function isHeld(row: string): string {
  const facts = ['sent_at', 'delivered_at', 'read_at', 'failed_at'].map((fact) => `${row}.${fact} IS NULL`);
  return `(${row}.held_at IS NOT NULL AND ${row}.state = 'accepted' AND ${facts.join(' AND ')})`;
}

/** The same of a row at hand. */
export function isRowHeld(row: typeof recipients.$inferSelect): boolean {
  const facts = [row.sentAt, row.deliveredAt, row.readAt, row.failedAt];
  return row.heldAt !== null && row.state === 'accepted' && facts.every((at) => at === null);
}
