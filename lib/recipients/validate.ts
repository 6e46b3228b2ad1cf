import type { CountryCode } from 'libphonenumber-js/min';
import type { TemplateParameter } from '@/lib/templates/schema';
import type { ValueFormats } from '@/lib/templates/values/format';
import { normalizePhone } from './phone';
import { valueProblem } from './value-rules';

export interface RecipientRules {
  parameters: readonly TemplateParameter[];
  defaultCountry?: CountryCode;
  /** Of values that are amounts or dates. */
  formats?: ValueFormats;
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
  for (const parameter of rules.parameters) {
    const { key, required } = parameter;
    const value = input.params[key];
    if (value === undefined) {
      if (required) problems.push({ key, message: 'This is empty, but the template needs it.' });
    } else {
      const message = valueProblem(parameter, value, rules.formats?.[key]);
      if (message) problems.push({ key, message });
    }
  }
  if (!phone.ok || problems.length > 0) return { ok: false, problems };
  return phone;
}
