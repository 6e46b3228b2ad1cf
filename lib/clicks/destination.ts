import { z } from 'zod';

/** What the recipient's value takes the place of. */
export const VALUE_PLACE = '{{1}}';

const MAX_LENGTH = 2000;
const RULE = `Must be an https address of your own site, such as https://shop.example.com/offers/${VALUE_PLACE}, with ${VALUE_PLACE} behind the host if anywhere.`;

/**
 * Where a click on a tracked button leads (browser-safe): an https address as a person gives it; the recipient's value
 * takes the place of {{1}}, or stands at the end. No value can lead to another host: see destinationOf.
 */
export const destinationSchema = z
  .string()
  .trim()
  .max(MAX_LENGTH, `An address has at most ${MAX_LENGTH} characters.`)
  .refine((text) => originOf(text) !== null, RULE);

/** URL button's parameter key → its destination. */
export const trackClicksSchema = z.record(z.string(), destinationSchema);

/**
 * The address one recipient is led to; null where it would be none, or one of another origin than a person gave. The
 * value is uploaded text: it may be anything.
 */
export function destinationOf(destination: string, value: string): string | null {
  const origin = originOf(destination);
  if (origin === null || value === '') return null;
  const whole = destination.includes(VALUE_PLACE)
    ? destination.replaceAll(VALUE_PLACE, () => value)
    : normalized(destination) + value;
  if (!URL.canParse(whole)) return null;
  const url = new URL(whole);
  return url.origin === origin ? url.href : null;
}

/** A bare host gets its slash: else a value could make its name longer. */
function normalized(destination: string): string {
  return new URL(destination).href;
}

function originOf(destination: string): string | null {
  const fixed = destination.split(VALUE_PLACE)[0] ?? '';
  if (!URL.canParse(fixed)) return null;
  const url = new URL(fixed);
  const isOwn = url.protocol === 'https:' && url.username === '' && url.password === '';
  // The host must be over before the value begins.
  const isWhole = !destination.includes(VALUE_PLACE) || /^https:\/\/[^/?#\\]+[/?#]/i.test(fixed);
  return isOwn && isWhole ? url.origin : null;
}
