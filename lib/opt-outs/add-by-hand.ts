import { database, type Db } from '@/db/client';
import { AppError, type Issue } from '@/lib/errors';
import { normalizePhone } from '@/lib/recipients/phone';
import type { Actor } from '@/lib/tenant';
import { addOptOuts } from './mutations';
import { isE164, TOO_SHORT, type AddedOptOuts, type AddOptOuts } from './schema';

/** Puts numbers as a person wrote them on the list, all or none: throws 422 naming each that is no number. */
export async function addOptOutsByHand(
  { workspaceId, userId }: Actor,
  order: AddOptOuts,
  db: Db = database().db,
): Promise<AddedOptOuts> {
  const phones = new Set<string>();
  const issues: Issue[] = [];
  for (const [index, phoneNumber] of order.phones.entries()) {
    const read = normalizePhone({ phoneNumber, defaultCountry: order.default_country });
    if (!read.ok) issues.push({ path: `phones[${index}]`, message: read.reason });
    else if (isE164(read.phone)) phones.add(read.phone);
    else issues.push({ path: `phones[${index}]`, message: TOO_SHORT });
  }
  if (issues.length > 0) throw invalidNumbers(issues, order.phones.length);
  const { reason } = order;
  const added = await addOptOuts({ workspaceId, userId, phones: [...phones], source: 'manual', reason }, db);
  return { success: true, added, already: phones.size - added };
}

function invalidNumbers(issues: Issue[], count: number): AppError {
  const [first] = issues;
  const message =
    count === 1 && first
      ? first.message
      : `${issues.length} of the ${count} are no phone numbers, so none was added; see issues.`;
  return new AppError('invalid', 'phones_invalid', message, { issues });
}
