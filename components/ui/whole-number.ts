/** The whole number somebody typed, if it is one from `least` to `most`; null where it is not, or not yet. */
export function wholeNumber(text: string, least: number, most: number): number | null {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= least && value <= most ? value : null;
}
