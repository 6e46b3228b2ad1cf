import { and, eq, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { users } from '@/db/schema/accounts';
import { AppError, notFound, type Issue } from '@/lib/errors';
import { normalizePhone, parseCountry } from '@/lib/recipients/phone';
import type { Actor } from '@/lib/tenant';
import { parsePreferences, type Settings, type UpdateSettings } from './schema';

/** Changes what was given and keeps the rest. Throws 422 for what is no phone number, naming each. */
export async function updateSettings(
  actor: Actor,
  changes: UpdateSettings,
  db: Db = database().db,
): Promise<Settings> {
  return db.transaction(async (tx) => {
    const own = and(eq(users.workspaceId, actor.workspaceId), eq(users.id, actor.userId));
    // Locked, so that two pages that save different things at once lose neither.
    const [row] = await tx.select({ preferences: users.preferences }).from(users).where(own).for('update');
    if (!row) throw notFound('user');
    const before = parsePreferences(row.preferences);
    const country = changes.default_country === undefined ? before.default_country : changes.default_country;
    const after: Settings = {
      test_numbers: changes.test_numbers ? toE164(changes.test_numbers, country) : before.test_numbers,
      default_country: country,
      shortcuts_enabled: changes.shortcuts_enabled ?? before.shortcuts_enabled,
      checklist_dismissed: changes.checklist_dismissed ?? before.checklist_dismissed,
    };
    await tx
      .update(users)
      .set({ preferences: after, updatedAt: sql`now()` })
      .where(own);
    return after;
  });
}

/** Each number once, blanks left out. */
function toE164(numbers: readonly string[], country: string | null): string[] {
  const issues: Issue[] = [];
  const found = new Set<string>();
  for (const [i, text] of numbers.entries()) {
    if (text.trim() === '') continue;
    const defaultCountry = country === null ? undefined : parseCountry(country);
    const result = normalizePhone({ phoneNumber: text, defaultCountry });
    if (result.ok) found.add(result.phone);
    else issues.push({ path: `test_numbers[${i}]`, message: result.reason });
  }
  const [first] = issues;
  if (!first) return [...found];
  const message =
    issues.length === 1 ? `${first.path}: ${first.message}` : `${issues.length} numbers are not valid.`;
  throw new AppError('invalid', 'validation_failed', message, { issues });
}
