import { placeOfNumber } from '@/lib/send-window/places';
import { offsetsAt } from '@/lib/schedule/zone';

/** Clocks that never differ at these moments are the same ones: twice a month, this year and the next. */
const EVERY_MS = 15 * 86_400_000;
const SAMPLES = 48;
/** Of zones with the same clocks the one that people know; any other is the first by name. */
const KNOWN = new Set([
  ...['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles', 'America/Halifax'],
  ...['America/Mexico_City', 'America/Sao_Paulo', 'America/Manaus', 'America/Argentina/Buenos_Aires'],
  ...['Australia/Sydney', 'Australia/Brisbane', 'Europe/Lisbon', 'Europe/Madrid', 'Europe/Moscow'],
]);

const ofPlace = new Map<string, { year: number; zones: readonly string[] }>();

/**
 * The zones in which a sender may be, by the country of its number, as WhatsApp displays it; of those that share their
 * clocks one (IANA names). None while the number is not known, or where it belongs to no country.
 */
export function timeZonesOf(displayPhoneNumber: string | null): readonly string[] {
  const place = placeOfNumber(`+${(displayPhoneNumber ?? '').replace(/\D/g, '')}`);
  if (place.countries.length === 0) return [];
  const key = place.countries.join();
  const year = new Date().getUTCFullYear();
  const known = ofPlace.get(key);
  if (known?.year === year) return known.zones;
  const zones = differentClocks(place.zones, year);
  ofPlace.set(key, { year, zones });
  return zones;
}

function differentClocks(zones: readonly string[], year: number): readonly string[] {
  if (zones.length === 1) return zones;
  const from = Date.UTC(year, 0, 1);
  const moments = Array.from({ length: SAMPLES }, (_, i) => from + i * EVERY_MS);
  const found = new Map<string, string>();
  for (const zone of zones) {
    const clock = offsetsAt(moments, zone).join();
    const before = found.get(clock);
    if (before === undefined || (KNOWN.has(zone) && !KNOWN.has(before))) found.set(clock, zone);
  }
  return [...found.values()];
}
