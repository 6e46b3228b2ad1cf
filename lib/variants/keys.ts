import { VARIANT_KEYS, type VariantKey } from './schema';

/** The name of a stored variant, 1–4 (browser-safe). */
export function keyOfVariant(variant: number | null): VariantKey | null {
  return variant === null ? null : (VARIANT_KEYS[variant - 1] ?? null);
}

/** What is stored of a variant's name. */
export function numberOfVariant(key: VariantKey): number {
  return VARIANT_KEYS.indexOf(key) + 1;
}
