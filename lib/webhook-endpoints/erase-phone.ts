import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { webhookDeliveries, webhookOutbox } from '@/db/schema/webhook-endpoints';
import type { WorkspaceId } from '@/lib/tenant';

/** Takes a person out of what is told, or was: what is still to be sent about them is not sent any more. */
export async function eraseFromDeliveries(
  { workspaceId, phone }: { workspaceId: WorkspaceId; phone: string },
  tx: Db,
): Promise<void> {
  await tx
    .delete(webhookOutbox)
    .where(
      and(eq(webhookOutbox.workspaceId, workspaceId), eq(sql`${webhookOutbox.data} ->> 'phone'`, phone)),
    );
  await tx
    .delete(webhookDeliveries)
    .where(and(eq(webhookDeliveries.workspaceId, workspaceId), eq(webhookDeliveries.phone, phone)));
}
