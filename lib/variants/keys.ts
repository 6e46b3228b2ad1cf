/** How the messages of a test are named, in their order (browser-safe, as all of this file). */
export const VARIANT_KEYS = ['A', 'B', 'C', 'D'] as const;
export type VariantKey = (typeof VARIANT_KEYS)[number];

/** The shares by which they are compared. */
export const DECIDE_BY = ['delivered', 'read', 'reply'] as const;
export type DecideBy = (typeof DECIDE_BY)[number];

/** The name of a stored variant, 1–4. */
export function keyOfVariant(variant: number | null): VariantKey | null {
  return variant === null ? null : (VARIANT_KEYS[variant - 1] ?? null);
}

/** What is stored of a variant's name. */
export function numberOfVariant(key: VariantKey): number {
  return VARIANT_KEYS.indexOf(key) + 1;
}
