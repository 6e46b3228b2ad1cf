import { and, eq, inArray } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { optOuts } from '@/db/schema/webhooks';
import type { WorkspaceId } from '@/lib/tenant';

/** Whether a number (E.164 with the plus) is on the do-not-contact list. */
export async function isOptedOut(
  of: { workspaceId: WorkspaceId; phone: string },
  db: Db = database().db,
): Promise<boolean> {
  const found = await findOptedOut({ workspaceId: of.workspaceId, phones: [of.phone] }, db);
  return found.has(of.phone);
}

/** Those of the numbers that are on the list. */
export async function findOptedOut(
  of: { workspaceId: WorkspaceId; phones: readonly string[] },
  db: Db = database().db,
): Promise<Set<string>> {
  if (of.phones.length === 0) return new Set();
  const rows = await db
    .select({ phone: optOuts.phone })
    .from(optOuts)
    .where(and(eq(optOuts.workspaceId, of.workspaceId), inArray(optOuts.phone, [...of.phones])));
  return new Set(rows.map(({ phone }) => phone));
}
