import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { database, type Db } from '@/db/client';
import { templates } from '@/db/schema/senders';
import { brakeForCategory } from '@/lib/brakes/notices';
import { pauseCampaignsOfSender } from '@/lib/campaigns/transitions';
import { log } from '@/lib/log';
import { idSchema } from './envelope';
import type { KnownSender } from './known-senders';
import { storableText, wordSchema as word } from './storable';

const optionalText = z
  .string()
  .transform((text) => storableText(text).slice(0, 500))
  .nullish()
  .catch(undefined);

// Matched by id alone: the language is written en-US here and en_US in the API.
const statusSchema = z.object({ message_template_id: idSchema, event: word, reason: optionalText });
const qualitySchema = z.object({ message_template_id: idSchema, new_quality_score: word });
const categorySchema = z.object({ message_template_id: idSchema, new_category: word });

/** Events after which the template may be sent (again); any other one stops it. */
const SENDABLE_EVENTS = new Set(['APPROVED', 'REINSTATED', 'UNARCHIVED']);

type Template = typeof templates.$inferSelect;

/** message_template_status_update: a template that may not be sent any more pauses the campaigns using it. */
export async function receiveTemplateStatus(value: unknown, sender: KnownSender): Promise<void> {
  const { message_template_id: metaId, event, reason } = statusSchema.parse(value);
  const sendable = SENDABLE_EVENTS.has(event);
  const rejectedReason = sendable || !reason || reason === 'NONE' ? null : reason;
  await withTemplate(metaId, sender, async (template, tx) => {
    if (!sendable)
      await pause(template, sender, `${describe(event, template)}${because(rejectedReason)}`, tx);
    await update(template, { status: sendable ? 'APPROVED' : event, rejectedReason }, tx);
  });
}

/** message_template_quality_update: a warning on YELLOW; on RED the campaigns using it pause. */
export async function receiveTemplateQuality(value: unknown, sender: KnownSender): Promise<void> {
  const { message_template_id: metaId, new_quality_score: qualityScore } = qualitySchema.parse(value);
  await withTemplate(metaId, sender, async (template, tx) => {
    log.warn({ senderId: sender.id, templateId: template.id, qualityScore }, "a template's quality changed");
    if (qualityScore === 'RED')
      await pause(
        template,
        sender,
        `People block or report the messages of the template "${template.name}": WhatsApp rates its quality as red and may pause it. Improve it or choose another template; resume only if you are sure.`,
        tx,
      );
    await update(template, { qualityScore }, tx);
  });
}

/** template_category_update: another category is another price and needs another consent. */
export async function receiveTemplateCategory(value: unknown, sender: KnownSender): Promise<void> {
  const { message_template_id: metaId, new_category: category } = categorySchema.parse(value);
  await withTemplate(metaId, sender, async (template, tx) => {
    log.warn({ senderId: sender.id, templateId: template.id, category }, "a template's category changes");
    const { workspaceId, id: senderId } = sender;
    await brakeForCategory({ workspaceId, senderId, template, is: category }, tx);
    await update(template, { category }, tx);
  });
}

async function withTemplate(
  metaId: string,
  sender: KnownSender,
  act: (template: Template, tx: Db) => Promise<void>,
): Promise<void> {
  await database().db.transaction(async (tx) => {
    const [template] = await tx
      .select()
      .from(templates)
      .where(
        and(
          eq(templates.workspaceId, sender.workspaceId),
          eq(templates.senderId, sender.id),
          eq(templates.metaId, metaId),
        ),
      );
    if (template) await act(template, tx);
    else log.info({ senderId: sender.id }, 'a webhook names a template that was never synced');
  });
}

async function update(
  template: Template,
  changes: Partial<typeof templates.$inferInsert>,
  tx: Db,
): Promise<void> {
  await tx
    .update(templates)
    .set({ ...changes, updatedAt: sql`now()` })
    .where(and(eq(templates.workspaceId, template.workspaceId), eq(templates.id, template.id)));
}

async function pause(template: Template, sender: KnownSender, reason: string, tx: Db): Promise<void> {
  const { workspaceId, id: senderId } = sender;
  await pauseCampaignsOfSender({ workspaceId, senderId, templateId: template.id, reason }, tx);
}

function describe(event: string, { name }: Template): string {
  const template = `the template "${name}"`;
  switch (event) {
    case 'PAUSED':
      return `WhatsApp paused ${template} because people reported or ignored it: wait until the pause is over and resume, or choose another template.`;
    case 'DISABLED':
      return `WhatsApp disabled ${template} for good: choose another template.`;
    case 'REJECTED':
      return `WhatsApp rejected ${template}: correct it in WhatsApp Manager, or choose another template.`;
    case 'PENDING_DELETION':
    case 'DELETED':
      return `Somebody deleted ${template} in WhatsApp Manager: choose another template.`;
    default:
      return `WhatsApp set ${template} to ${event.toLowerCase().replaceAll('_', ' ')}: look at it in WhatsApp Manager, then resume once it is approved.`;
  }
}

function because(reason: string | null): string {
  return reason ? ` WhatsApp's reason: ${reason.toLowerCase().replaceAll('_', ' ')}.` : '';
}
