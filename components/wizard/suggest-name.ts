/** `black_friday` chosen on 24 November is “Black friday, 24 Nov” until somebody knows better. */
export function suggestName(template: string): string {
  const words = template.replace(/[_\s]+/g, ' ').trim();
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' }).format(new Date());
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}, ${day}`.slice(0, 200);
}
