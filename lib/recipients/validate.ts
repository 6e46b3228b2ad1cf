import type { CountryCode } from 'libphonenumber-js/min';
import type { TemplateParameter } from '@/lib/templates/schema';
import { normalizePhone } from './phone';

export interface RecipientRules {
  parameters: readonly TemplateParameter[];
  defaultCountry?: CountryCode;
}

export interface RecipientInput {
  phoneNumber: string;
  countryCode: string;
  /** As `paramsOf` makes them. */
  params: Readonly<Record<string, string>>;
}

export interface FieldProblem {
  /** phone_number, country_code or a parameter key. */
  key: string;
  message: string;
}

export type CheckedRecipient =
  | { ok: true; phone: string; callingCode: number; country?: string | undefined }
  | { ok: false; problems: FieldProblem[] };

/** One recipient against its template (browser-safe): everything that is wrong with it, not only the first. */
export function checkRecipient(input: RecipientInput, rules: RecipientRules): CheckedRecipient {
  const problems: FieldProblem[] = [];
  const phone = normalizePhone({ ...input, defaultCountry: rules.defaultCountry });
  if (!phone.ok) problems.push({ key: phone.field, message: phone.reason });
  for (const { key, required } of rules.parameters) {
    const value = input.params[key];
    if (value === undefined) {
      if (required) problems.push({ key, message: 'This is empty, but the template needs it.' });
    } else {
      const message = valueProblem(key, value);
      if (message) problems.push({ key, message });
    }
  }
  if (!phone.ok || problems.length > 0) return { ok: false, problems };
  return phone;
}

/** Meta's bounds (reference §1): a body or header as a whole may not be longer than these. */
const MAX_CHARS: readonly [prefix: string, chars: number][] = [
  ['header_param_', 60],
  ['header_media_url', 2000],
  ['body_param_', 1024],
  ['button_url_param', 2000],
  ['button_code_param', 20],
  ['button_payload_param', 128],
];

function valueProblem(key: string, value: string): string | null {
  const maxChars = MAX_CHARS.find(([prefix]) => key.startsWith(prefix))?.[1] ?? 1024;
  if (value.length > maxChars && [...value].length > maxChars) {
    return `This has ${[...value].length} characters, WhatsApp takes at most ${maxChars} here.`;
  }
  if (key === 'header_media_url' && !(/^https?:\/\/\S+$/i.test(value) && URL.canParse(value))) {
    return 'This must be a link that starts with https:// or http://.';
  }
  return null;
}
