import type { campaigns } from '@/db/schema/campaigns';
import type { Mapping } from '@/lib/recipients/params';

export type StoredVariants = NonNullable<(typeof campaigns.$inferSelect)['variants']>;

/** What fills the message of one recipient (browser-safe); who waits for the choice is shown with the first one's. */
export function mappingOfVariant(
  campaign: { mapping: Mapping; variants: StoredVariants | null },
  variant: number | null,
): Mapping {
  return campaign.variants?.[(variant ?? 1) - 1]?.mapping ?? campaign.mapping;
}

/** The template of one recipient's message; of who waits for the choice that of the first one. */
export function templateOfVariant(
  campaign: { templateId: number; variants: StoredVariants | null },
  variant: number | null,
): number {
  return campaign.variants?.[(variant ?? 1) - 1]?.template_id ?? campaign.templateId;
}

/** The templates a campaign sends, each once. */
export function templatesOf(campaign: { templateId: number; variants: StoredVariants | null }): number[] {
  return [...new Set([campaign.templateId, ...(campaign.variants ?? []).map((v) => v.template_id)])];
}
