import type { TemplateParameter } from '@/lib/templates/schema';
import { parseAmount, type ValueFormat } from '@/lib/templates/values/format';
import { parseFlowData } from '@/lib/templates/values/flow-data';
import { mediaIdOf } from '@/lib/templates/values/media-reference';
import { parseMoment } from '@/lib/templates/values/moment';
import { parseProducts } from '@/lib/templates/values/products';

interface Rule {
  maxChars: number;
  /** What is wrong with a value of allowed length, as a sentence; null when nothing is. */
  problem?: (value: string) => string | null;
}

/** Meta's bounds (reference §1) by the beginning of a key: a body or header as a whole may not be longer than these. */
const RULES: readonly [prefix: string, rule: Rule][] = [
  ['header_param_', { maxChars: 60 }],
  ['header_media_url', { maxChars: 2000, problem: mediaProblem }],
  ['header_location_latitude', { maxChars: 32, problem: (value) => degreesProblem(value, 90) }],
  ['header_location_longitude', { maxChars: 32, problem: (value) => degreesProblem(value, 180) }],
  ['header_location_', { maxChars: 1000 }],
  ['body_param_', { maxChars: 1024 }],
  ['offer_expires_at', { maxChars: 40, problem: expiryProblem }],
  ['button_url_param', { maxChars: 2000 }],
  ['button_code_param', { maxChars: 20, problem: couponProblem }],
  ['button_payload_param', { maxChars: 128 }],
  ['button_flow_token_param', { maxChars: 200 }],
  ['button_flow_data_param', { maxChars: 2000, problem: flowDataProblem }],
  ['button_thumbnail_param', { maxChars: 100 }],
  ['button_products_param', { maxChars: 5000, problem: productsProblem }],
];
const ANY_TEXT: Rule = { maxChars: 1024 };

/** What is wrong with a parameter's value, as a sentence a person can act on; null when nothing is (browser-safe). */
export function valueProblem(
  { key, max_chars }: Pick<TemplateParameter, 'key' | 'max_chars'>,
  value: string,
  format?: ValueFormat,
): string | null {
  if (format?.type === 'currency' && !parseAmount(value, format.code)) {
    return 'This must be an amount, such as 84.50 or EUR 84.50, below two million.';
  }
  const ownKey = key.replace(/^card_\d+_/, '');
  const rule = RULES.find(([prefix]) => ownKey.startsWith(prefix))?.[1] ?? ANY_TEXT;
  const maxChars = max_chars ?? rule.maxChars;
  if (value.length > maxChars && [...value].length > maxChars) {
    return `This has ${[...value].length} characters, WhatsApp takes at most ${maxChars} here.`;
  }
  return rule.problem?.(value) ?? null;
}

function mediaProblem(value: string): string | null {
  if (mediaIdOf(value) !== null) return null;
  const isLink = /^https?:\/\/\S+$/i.test(value) && URL.canParse(value);
  return isLink ? null : 'This must be a link that starts with https:// or http://.';
}

function degreesProblem(value: string, most: number): string | null {
  const isDegrees = /^[+-]?\d{1,3}(\.\d{1,20})?$/.test(value) && Math.abs(Number(value)) <= most;
  return isDegrees ? null : `This must be degrees from -${most} to ${most} with a point, such as 37.4833.`;
}

function expiryProblem(value: string): string | null {
  const moment = parseMoment(value);
  if (moment === null) {
    return 'This must be a date and time with its time zone, such as 2030-11-30T23:59+01:00.';
  }
  return moment > Date.now() ? null : 'This moment is over: the offer would have ended before it arrives.';
}

function couponProblem(value: string): string | null {
  return /^[A-Za-z0-9]+$/.test(value) ? null : 'A code to copy has only the letters A to Z and digits.';
}

function flowDataProblem(value: string): string | null {
  return parseFlowData(value) ? null : 'This must be a JSON object, such as {"plan": "gold"}.';
}

function productsProblem(value: string): string | null {
  const sections = parseProducts(value);
  return typeof sections === 'string' ? sections : null;
}
