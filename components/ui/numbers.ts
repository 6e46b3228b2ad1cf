const whole = new Intl.NumberFormat('en-US');
const percent = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 });

export function formatCount(value: number): string {
  return whole.format(value);
}

/** `12.5%`. Never rounded up to 100% or down to 0% while it is not; a dash where there is nothing to divide. */
export function formatShare(part: number, of: number): string {
  if (of <= 0) return '–';
  const share = part / of;
  if (share > 0 && share < 0.001) return '<0.1%';
  if (share < 1 && share > 0.999) return '>99.9%';
  return percent.format(share);
}

/** `1 message`, `1,204 messages`. */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}
