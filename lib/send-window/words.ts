import type { SendWindow } from './schema';
import { WEEKDAYS, type Weekday } from './weekdays';

const DAY_WORDS: Record<Weekday, string> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

export function dayWord(day: Weekday): string {
  return DAY_WORDS[day];
}

/** `09:00 to 20:00`, with the days where not all are allowed (browser-safe). */
export function windowWords({ from, to, days }: SendWindow): string {
  const next = to < from ? ' the next day' : '';
  const only = days.length < WEEKDAYS.length ? `, ${daysWords(days)}` : '';
  return `${from} to ${to}${next}${only}`;
}

/** `Monday to Friday`, or each of them. */
function daysWords(days: readonly Weekday[]): string {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return '';
  const isRun = WEEKDAYS.indexOf(last) - WEEKDAYS.indexOf(first) === days.length - 1;
  if (isRun && days.length > 2) return `${dayWord(first)} to ${dayWord(last)}`;
  return days.map(dayWord).join(', ');
}

let names: Intl.DisplayNames | undefined;

/** `India`; null: of numbers that belong to no one country. */
export function placeWord(country: string | null): string {
  if (country === null || country === 'ZZ') return 'places that are not known';
  names ??= new Intl.DisplayNames('en', { type: 'region' });
  return names.of(country) ?? country;
}

/** Whether two are the same; null is none. */
export function isSameWindow(one: SendWindow | null, other: SendWindow | null): boolean {
  return (one && windowWords(one)) === (other && windowWords(other));
}
