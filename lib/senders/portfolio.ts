import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { senders } from '@/db/schema/senders';
import { joinPortfolio, portfolioKey } from '@/lib/daily-limit/portfolio';
import type { WorkspaceId } from '@/lib/tenant';
import type { GraphPhoneNumber } from '@/lib/whatsapp/graph';
import { tellRunningCampaigns } from './running-campaigns';

/**
 * The business portfolio of a number: Meta names it among what its health depends on. Null where it names none, or more
 * than one, of which nothing says which it is.
 */
export function portfolioOf({ health_status: health }: GraphPhoneNumber): string | null {
  const named = (health?.entities ?? []).flatMap(({ entity_type: type, id }) =>
    type === 'BUSINESS' && id !== null ? [id] : [],
  );
  const [portfolio = null, ...others] = new Set(named);
  return others.length === 0 ? portfolio : null;
}

/**
 * Keeps which portfolio a sender's account belongs to, for all senders of the account; who was counted so far stays
 * counted. Returns what their people are counted by now. The caller holds the workspace's senders (lockSenders).
 */
export async function storePortfolio(
  of: { workspaceId: WorkspaceId; senderId: string; portfolio: string | null },
  tx: Db,
): Promise<string> {
  const { workspaceId, senderId } = of;
  const [before] = await tx.execute<{ key: string; waba_id: string }>(sql`
    SELECT ${portfolioKey()} AS key, s.waba_id FROM senders s
    WHERE s.workspace_id = ${workspaceId} AND s.id = ${senderId}`);
  if (!before) throw new Error('a sender that is held is gone');
  const to = of.portfolio ?? before.key;
  if (to !== before.key) await joinPortfolio({ workspaceId, from: before.key, to }, tx);
  // What is counted by its account has no portfolio.
  if (to === before.waba_id) return to;
  const changed = await tx
    .update(senders)
    .set({ portfolioId: to })
    .where(
      and(
        eq(senders.workspaceId, workspaceId),
        eq(senders.wabaId, before.waba_id),
        sql`${senders.portfolioId} IS DISTINCT FROM ${to}`,
      ),
    )
    .returning({ id: senders.id });
  for (const { id } of changed) await tellRunningCampaigns({ workspaceId, senderId: id }, tx);
  return to;
}

/** What is said of one is kept with several: two at once are one after the other, and lock none crosswise. */
export async function lockSenders(workspaceId: WorkspaceId, tx: Db): Promise<void> {
  await tx
    .select({ id: senders.id })
    .from(senders)
    .where(eq(senders.workspaceId, workspaceId))
    .orderBy(senders.id)
    .for('no key update');
}
