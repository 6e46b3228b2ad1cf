import { randomUUID } from 'node:crypto';
import { eq, and } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { database } from '@/db/client';
import { users, workspaces } from '@/db/schema/accounts';
import { campaignCounters, campaigns } from '@/db/schema/campaigns';
import { rateLimits } from '@/db/schema/engine';
import { recipients } from '@/db/schema/recipients';
import { senders, templates } from '@/db/schema/senders';
import { asWorkspaceId, type WorkspaceId } from '@/lib/tenant';

/** Rows of one test's own; tests never share or wipe. */
export async function createWorkspace(): Promise<{ workspaceId: WorkspaceId; userId: string }> {
  const { db } = database();
  const [workspace] = await db.insert(workspaces).values({ name: 'Test' }).returning();
  if (!workspace) throw new Error('no workspace');
  const [user] = await db
    .insert(users)
    .values({ workspaceId: workspace.id, email: `${randomUUID()}@example.com`, passwordHash: 'x' })
    .returning();
  if (!user) throw new Error('no user');
  return { workspaceId: asWorkspaceId(workspace.id), userId: user.id };
}

export async function createSender(
  workspaceId: WorkspaceId,
  userId: string,
  values: Partial<typeof senders.$inferInsert> = {},
): Promise<typeof senders.$inferSelect> {
  const { db } = database();
  const [sender] = await db
    .insert(senders)
    .values({
      workspaceId,
      userId,
      name: 'Test sender',
      phoneNumberId: String(Math.floor(Math.random() * 1e15)),
      wabaId: String(Math.floor(Math.random() * 1e15)),
      accessTokenSealed: 'sealed',
      appSecretSealed: 'sealed',
      verifyToken: 'verify',
      status: 'CONNECTED',
      rateLimit: 1000,
      ...values,
    })
    .returning();
  if (!sender) throw new Error('no sender');
  await db.insert(rateLimits).values({ workspaceId, id: sender.id, rate: sender.rateLimit });
  return sender;
}

export async function createTemplate(
  workspaceId: WorkspaceId,
  senderId: string,
  values: Partial<typeof templates.$inferInsert> = {},
): Promise<typeof templates.$inferSelect> {
  const { db } = database();
  const [template] = await db
    .insert(templates)
    .values({
      workspaceId,
      senderId,
      metaId: String(Math.floor(Math.random() * 1e15)),
      name: 'order_update',
      language: 'en_US',
      category: 'UTILITY',
      status: 'APPROVED',
      components: [{ type: 'BODY', text: 'Hello {{1}}', example: { body_text: [['Ana']] } }],
      ...values,
    })
    .returning();
  if (!template) throw new Error('no template');
  return template;
}

/** A campaign with `count` recipients, written straight to the tables, all pending. */
export async function createCampaign(
  workspaceId: WorkspaceId,
  userId: string,
  options: { count?: number; senderId?: string; values?: Partial<typeof campaigns.$inferInsert> } = {},
): Promise<typeof campaigns.$inferSelect> {
  const { db } = database();
  const senderId = options.senderId ?? (await createSender(workspaceId, userId)).id;
  const template = await createTemplate(workspaceId, senderId);
  const count = options.count ?? 0;
  const [campaign] = await db
    .insert(campaigns)
    .values({
      workspaceId,
      userId,
      senderId,
      templateId: template.id,
      name: 'Test campaign',
      totalRecipients: count,
      columns: ['phone_number', 'body_param_1'],
      mapping: { body_param_1: { column: 1, text: '' } },
      ...options.values,
    })
    .returning();
  if (!campaign) throw new Error('no campaign');
  await db.insert(rateLimits).values({ workspaceId, id: campaign.id, rate: campaign.rateLimit });
  await db.insert(campaignCounters).values({ workspaceId, campaignId: campaign.id, slot: 0, pending: count });
  for (let start = 0; start < count; start += 1000) {
    await db.insert(recipients).values(
      Array.from({ length: Math.min(1000, count - start) }, (_, i) => ({
        workspaceId,
        campaignId: campaign.id,
        id: uuidv7(),
        phone: `+1202555${String(start + i).padStart(7, '0')}`,
        callingCode: 1,
        cells: [`+1202555${String(start + i).padStart(7, '0')}`, `Person ${start + i}`],
      })),
    );
  }
  return campaign;
}

export async function recipientsOf(campaign: { workspaceId: string; id: string }) {
  const { db } = database();
  return db
    .select()
    .from(recipients)
    .where(and(eq(recipients.workspaceId, campaign.workspaceId), eq(recipients.campaignId, campaign.id)))
    .orderBy(recipients.id);
}
