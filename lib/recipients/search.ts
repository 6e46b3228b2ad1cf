import { and, gte, lte, like, sql, type SQL } from 'drizzle-orm';
import { recipients } from '@/db/schema/recipients';
import { lastWithPrefix, readPhoneSearch } from './phone-search';

/**
 * Finds a phone in any form a person types, or text in a row's cells. With `+` or `00` in front it is a prefix
 * (index recipients_phone); else digits are looked for anywhere in the number, over the campaign's rows.
 */
export function matchesSearch(search: string): SQL | undefined {
  const wanted = readPhoneSearch(search);
  if (wanted === undefined) return undefined;
  if (wanted.kind === 'text') {
    return sql`${recipients.cells}::text ILIKE ${`%${escapeLike(JSON.stringify(wanted.text).slice(1, -1))}%`}`;
  }
  if (wanted.kind === 'digits') return like(recipients.phone, `%${wanted.digits}%`);
  // LIKE could use the index in the C locale only. The last condition opens the partial index: always true,
  // it is the index's own.
  return and(
    gte(recipients.phone, wanted.prefix),
    lte(recipients.phone, lastWithPrefix(wanted.prefix)),
    sql`${recipients.callingCode} > 0`,
  );
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
