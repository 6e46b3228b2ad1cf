/** From here up a person types the number of messages before they go. */
export const TYPED_FROM = 100;

/** Whether a typed number is this count: `12480`, `12,480`, `12.480`, `12 480` and `12'480` all are. */
export function isTypedCount(text: string, count: number): boolean {
  const plain = text.trim().replace(/[\s,.'’\u066c_]/g, '');
  return plain !== '' && plain === String(count);
}
