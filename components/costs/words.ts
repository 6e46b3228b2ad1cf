import type { CostLine } from '@/lib/costs/schema';

/** `Marketing`, `Authentication international`: WhatsApp's word for a kind of message, readable. */
export function categoryWord(category: string): string {
  const words = category.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const FREE_WORDS: Record<string, string> = {
  free_customer_service: 'Free: they had written within 24 hours',
  free_entry_point: 'Free: they came by an ad or a button',
};

/** Why a line has no amount, in the place of the amount. */
export function noAmountWord({ no_amount: reason, type }: Pick<CostLine, 'no_amount' | 'type'>): string {
  if (reason === 'free') return FREE_WORDS[type ?? ''] ?? 'Free';
  if (reason === 'no_country') return 'No single country';
  if (reason === 'by_conversation') return 'Billed by the conversation';
  return 'No rate';
}
