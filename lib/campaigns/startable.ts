import { and, eq } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { senders, templates } from '@/db/schema/senders';
import { AppError } from '@/lib/errors';
import { templatesOf, type StoredVariants } from '@/lib/variants/stored';

/** Meta's and our words for a number that must not send. Others (CONNECTED, UNKNOWN, …) may try. */
const BARRED = ['RESTRICTED', 'DISABLED', 'DELETED', 'BANNED', 'DISCONNECTED'];

/**
 * Refuses (409) to start a campaign that could not send all of its messages: a template is not approved any
 * more, or its number is barred.
 */
export async function assertStartable(
  campaign: { workspaceId: string; senderId: string; templateId: number; variants: StoredVariants | null },
  db: Db,
): Promise<void> {
  for (const templateId of templatesOf(campaign))
    await assertTemplateStartable({ ...campaign, templateId }, db);
}

async function assertTemplateStartable(
  campaign: { workspaceId: string; senderId: string; templateId: number },
  db: Db,
): Promise<void> {
  const [row] = await db
    .select({
      template: templates.name,
      templateStatus: templates.status,
      sender: senders.name,
      senderStatus: senders.status,
      healthReason: senders.healthReason,
    })
    .from(senders)
    .leftJoin(
      templates,
      and(eq(templates.workspaceId, senders.workspaceId), eq(templates.id, campaign.templateId)),
    )
    .where(and(eq(senders.workspaceId, campaign.workspaceId), eq(senders.id, campaign.senderId)));
  if (!row)
    throw new AppError(
      'conflict',
      'sender_missing',
      'The sender of this campaign was deleted; create it anew.',
    );
  if (BARRED.includes(row.senderStatus))
    throw new AppError(
      'conflict',
      'sender_barred',
      `WhatsApp has set the number of "${row.sender}" to ${row.senderStatus}; resolve it in WhatsApp Manager, then try again.${row.healthReason ? ` WhatsApp's words: ${row.healthReason}` : ''}`,
    );
  if (row.templateStatus !== 'APPROVED')
    throw new AppError(
      'conflict',
      'template_not_approved',
      `The template "${row.template ?? campaign.templateId}" is ${row.templateStatus ?? 'gone'} at WhatsApp; only an APPROVED one can be sent. Sync the sender after mending it.`,
    );
}
