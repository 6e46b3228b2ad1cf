import { and, eq, inArray, notExists, or, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import { rateLimits } from '@/db/schema/engine';
import { senders, templates } from '@/db/schema/senders';
import { recordAudit } from '@/lib/audit/record';
import { AppError, notFound } from '@/lib/errors';
import type { Actor, WorkspaceId } from '@/lib/tenant';
import { NEEDS_SENDER } from './in-use';

const NAMED = 20;

/**
 * Deletes a sender with its templates. Of completed and stopped campaigns it leaves the templates, as DELETED,
 * so that they still name them; reports that come later for their messages are lost. Throws AppError:
 * `not_found`, `sender_in_use` (409, with the campaigns in `issues`).
 */
export async function deleteSender(
  { actor, senderId }: { actor: Actor; senderId: string },
  db: Db = database().db,
): Promise<void> {
  const { workspaceId } = actor;
  await db.transaction(async (tx) => {
    // A campaign being made holds this row FOR KEY SHARE until it is visible: no campaign slips through.
    const [sender] = await tx
      .select({ name: senders.name, phoneNumberId: senders.phoneNumberId })
      .from(senders)
      .where(and(eq(senders.workspaceId, workspaceId), eq(senders.id, senderId)))
      .for('update');
    if (!sender) throw notFound('sender');
    await refuseInUse({ workspaceId, senderId }, tx);
    await deleteTemplates({ workspaceId, senderId }, tx);
    await tx
      .delete(rateLimits)
      .where(and(eq(rateLimits.workspaceId, workspaceId), eq(rateLimits.id, senderId)));
    await tx.delete(senders).where(and(eq(senders.workspaceId, workspaceId), eq(senders.id, senderId)));
    const detail = { phone_number_id: sender.phoneNumberId };
    await recordAudit([{ ...actor, kind: 'sender_deleted', subject: sender.name, detail }], tx);
  });
}

async function refuseInUse(
  { workspaceId, senderId }: { workspaceId: WorkspaceId; senderId: string },
  tx: Db,
): Promise<void> {
  const using = await tx
    .select({ id: campaigns.id, name: campaigns.name, status: campaigns.status })
    .from(campaigns)
    .where(
      and(
        eq(campaigns.workspaceId, workspaceId),
        eq(campaigns.senderId, senderId),
        inArray(campaigns.status, [...NEEDS_SENDER]),
      ),
    )
    .orderBy(campaigns.createdAt)
    .limit(NAMED);
  if (using.length === 0) return;
  throw new AppError(
    'conflict',
    'sender_in_use',
    'Campaigns still use this sender: stop the running ones and delete the drafts first.',
    {
      issues: using.map(({ id, name, status }) => ({
        path: `campaigns[${id}]`,
        message: `"${name}" is ${status}.`,
      })),
    },
  );
}

async function deleteTemplates(
  { workspaceId, senderId }: { workspaceId: WorkspaceId; senderId: string },
  tx: Db,
): Promise<void> {
  const ofSender = and(eq(templates.workspaceId, workspaceId), eq(templates.senderId, senderId));
  const used = tx
    .select({ one: sql`1` })
    .from(campaigns)
    .where(
      and(
        eq(campaigns.workspaceId, workspaceId),
        or(
          eq(campaigns.templateId, templates.id),
          sql`${campaigns.variants} @> jsonb_build_array(jsonb_build_object('template_id', ${templates.id}))`,
        ),
      ),
    );
  await tx.delete(templates).where(and(ofSender, notExists(used)));
  await tx
    .update(templates)
    .set({ status: 'DELETED', updatedAt: sql`now()` })
    .where(ofSender);
}
