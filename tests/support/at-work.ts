import { and, eq } from 'drizzle-orm';
import { database } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import { senders, templates } from '@/db/schema/senders';
import { parkedWebhooks } from '@/db/schema/webhooks';
import { placeRecipient } from './receipts';
import { createCampaign, createWorkspace, recipientsOf } from './rows';
import { createSignedSender, postWebhook } from './webhooks';

const ACCEPTED = `attempt = 1, pending = false, state = 'accepted', accepted_at = now()`;

/** A sender with two campaigns at work, of a template each. */
export async function atWork() {
  const { workspaceId, userId } = await createWorkspace();
  const sender = await createSignedSender(workspaceId, userId, 'right', {
    displayPhoneNumber: '+1 555-000-1111',
  });
  const values = { status: 'active' as const, startedAt: new Date() };
  const [first, second] = [
    await createCampaign(workspaceId, userId, { count: 1, senderId: sender.id, values }),
    await createCampaign(workspaceId, userId, { count: 1, senderId: sender.id, values }),
  ];
  const [recipient] = await recipientsOf(first);
  if (!recipient) throw new Error('no recipient');
  await placeRecipient(first, recipient.id, ACCEPTED);
  const { db } = database();
  return {
    workspaceId,
    sender,
    first,
    recipient,
    post: (body: unknown) => postWebhook(body, 'right'),
    states: async () =>
      Promise.all(
        [first, second].map(async ({ id }) => {
          const [row] = await db.select().from(campaigns).where(eq(campaigns.id, id));
          return row?.status;
        }),
      ),
    reason: async () =>
      (await db.select().from(campaigns).where(eq(campaigns.id, first.id)))[0]?.pausedReason,
    resume: async () =>
      db.update(campaigns).set({ status: 'active', pausedReason: null }).where(eq(campaigns.id, first.id)),
    senderRow: async () => {
      const [row] = await db
        .select()
        .from(senders)
        .where(and(eq(senders.workspaceId, workspaceId), eq(senders.id, sender.id)));
      return row;
    },
    template: async () => {
      const [row] = await db.select().from(templates).where(eq(templates.id, first.templateId));
      if (!row) throw new Error('no template');
      return row;
    },
    parked: () => db.select().from(parkedWebhooks).where(eq(parkedWebhooks.workspaceId, workspaceId)),
  };
}
