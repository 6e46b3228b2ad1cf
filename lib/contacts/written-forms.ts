import { normalizePhone } from '@/lib/recipients/phone';

/**
 * The digits people write a number with (E.164 given). `certain`: with the country, so that they are nobody else's;
 * `all`: also as it is dialled within the country, which may be another person's elsewhere.
 */
export function writtenForms(phone: string): { certain: string[]; all: string[] } {
  const digits = phone.slice(1);
  const read = normalizePhone({ phoneNumber: phone });
  const code = read.ok ? String(read.callingCode) : '';
  const national = digits.slice(code.length);
  const certain = [digits, `00${digits}`, `${code}0${national}`];
  return { certain, all: [...certain, national, `0${national}`] };
}
