// By hand and not by Intl: its first use costs a phone more than the whole of a page's numbers.
const THOUSANDS = /\B(?=(?:\d{3})+$)/g;

/** `1,204`; of a fraction at most three digits. */
export function formatCount(value: number): string {
  const [whole = '', fraction] = String(Number(value.toFixed(3))).split('.');
  const grouped = whole.replace(THOUSANDS, ',');
  return fraction ? `${grouped}.${fraction}` : grouped;
}

/** `12.5%`. Never rounded up to 100% or down to 0% while it is not; a dash where there is nothing to divide. */
export function formatShare(part: number, of: number): string {
  if (of <= 0) return '–';
  const share = part / of;
  if (share > 0 && share < 0.001) return '<0.1%';
  if (share < 1 && share > 0.999) return '>99.9%';
  return `${formatCount(Number((share * 100).toFixed(1)))}%`;
}

/** `1 message`, `1,204 messages`. */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}
