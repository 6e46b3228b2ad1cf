import { parameterWord } from '@/components/test-messages/parameter-word';

/** What a column fills, in words: the phone number, the country code, or a place in the message. */
export function fieldWord(key: string): string {
  if (key === 'phone_number') return 'Phone number';
  if (key === 'country_code') return 'Country code';
  return parameterWord(key);
}
