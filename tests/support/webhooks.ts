import { createHmac, randomUUID } from 'node:crypto';
import type { senders } from '@/db/schema/senders';
import { formatAttemptKey } from '@/lib/recipients/attempt-key';
import { sealSenderSecret } from '@/lib/senders/secrets';
import type { WorkspaceId } from '@/lib/tenant';
import { receiveWebhook } from '@/lib/webhooks/receive';
import { createSender } from './rows';

type Sender = typeof senders.$inferSelect;

/** A sender whose webhooks `appSecret` signs. */
export async function createSignedSender(
  workspaceId: WorkspaceId,
  userId: string,
  appSecret: string,
  values: Partial<typeof senders.$inferInsert> = {},
): Promise<Sender> {
  const id = randomUUID();
  const appSecretSealed = sealSenderSecret({ workspaceId, id }, 'app_secret', appSecret);
  return createSender(workspaceId, userId, { id, appSecretSealed, ...values });
}

/** Signs as Meta does. */
export function signBody(body: string, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
}

/** Takes a webhook through the core, signed; returns the status code. */
export async function postWebhook(body: unknown, appSecret: string): Promise<number> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const { status } = await receiveWebhook({
    rawBody: Buffer.from(text),
    signature: signBody(text, appSecret),
  });
  return status;
}

/** A change about the number itself: statuses, messages. */
export function numberWebhook(
  sender: { wabaId: string; phoneNumberId: string },
  value: Record<string, unknown>,
  field = 'messages',
) {
  const metadata = { display_phone_number: '15550001111', phone_number_id: sender.phoneNumberId };
  const change = { field, value: { messaging_product: 'whatsapp', metadata, ...value } };
  return { object: 'whatsapp_business_account', entry: [{ id: sender.wabaId, changes: [change] }] };
}

/** A change about the account. */
export function accountWebhook(sender: { wabaId: string }, field: string, value: Record<string, unknown>) {
  const entry = [{ id: sender.wabaId, time: Math.floor(Date.now() / 1000), changes: [{ field, value }] }];
  return { object: 'whatsapp_business_account', entry };
}

/** One status as Meta writes it, with our key. */
export function statusOf(
  campaign: { id: string },
  recipientId: string,
  status: string,
  values: Record<string, unknown> & { attempt?: number } = {},
) {
  const { attempt = 1, ...rest } = values;
  return {
    id: `wamid.${recipientId}.${attempt}`,
    status,
    timestamp: String(Math.floor(Date.now() / 1000)),
    recipient_id: '12025550100',
    biz_opaque_callback_data: formatAttemptKey({ campaignId: campaign.id, recipientId, attempt }),
    ...rest,
  };
}
