/** Meta refuses text with line breaks, tabs or more than four spaces in a row (132018; reference §1). */
export function sanitizeText(text: string): string {
  return text
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(/ {5,}/g, ' ')
    .trim();
}

/**
 * What fills the template for one recipient, by parameter key, ready to be sent; empty ones are left out
 * (browser-safe). `mapping` is parameter key → index into `cells`.
 */
export function paramsOf(
  cells: readonly string[],
  mapping: Readonly<Record<string, number>>,
): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [key, index] of Object.entries(mapping)) {
    const value = sanitizeText(cells[index] ?? '');
    if (value !== '') params[key] = value;
  }
  return params;
}
