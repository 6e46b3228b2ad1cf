import { and, gte, lte, like, sql, type SQL } from 'drizzle-orm';
import { recipients } from '@/db/schema/recipients';

const LONGEST = 15;

/**
 * Finds a phone in any form a person types, or text in a row's cells. With `+` or `00` in front it is a prefix
 * (index recipients_phone); else digits are looked for anywhere in the number, over the campaign's rows.
 */
export function matchesSearch(search: string): SQL | undefined {
  const text = search
    .normalize('NFKC')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .trim();
  if (text === '') return undefined;
  const digits = text.replace(/\D/g, '');
  if (!/^'?[+\d\s().\-/]+$/.test(text) || digits === '') {
    return sql`${recipients.cells}::text ILIKE ${`%${escapeLike(JSON.stringify(text).slice(1, -1))}%`}`;
  }
  const international = /^'?\+/.test(text) ? digits : /^00/.test(digits) ? digits.slice(2) : '';
  if (international !== '') {
    const prefix = `+${international}`;
    // Between digits every collation agrees with byte order; LIKE could use the index in the C locale only.
    // The last condition opens the partial index: always true, it is the index's own.
    return and(
      gte(recipients.phone, prefix),
      lte(recipients.phone, prefix.padEnd(LONGEST + 1, '9')),
      sql`${recipients.callingCode} > 0`,
    );
  }
  return like(recipients.phone, `%${digits.replace(/^0+(?=\d)/, '')}%`);
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
