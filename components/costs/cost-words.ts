import { formatCount } from '@/components/ui/numbers';
import type { CostSum } from '@/lib/costs/schema';

/** `billed by WhatsApp: 12,310 marketing, 40 free`. */
export function costLine({ lines, free }: Pick<CostSum, 'lines' | 'free'>): string {
  const billed = new Map<string, number>();
  for (const { billable, category, messages } of lines)
    if (billable) billed.set(category, (billed.get(category) ?? 0) + messages);
  const parts = [...billed].map(
    ([category, messages]) => `${formatCount(messages)} ${category.replaceAll('_', ' ')}`,
  );
  const words = parts.length > 0 ? `billed by WhatsApp: ${parts.join(', ')}` : 'nothing billed by WhatsApp';
  return free > 0 ? `${words}, ${formatCount(free)} free` : words;
}
