import { and, eq } from 'drizzle-orm';
import { database } from '@/db/client';
import { webhookDeliveries, webhookEndpoints } from '@/db/schema/webhook-endpoints';
import type { Actor } from '@/lib/tenant';
import { WEBHOOK_EVENT_TYPES, type WebhookEventType } from '@/lib/webhook-endpoints/events';
import { createWebhookEndpoint } from '@/lib/webhook-endpoints/mutations';

/** An endpoint, by default for every event. */
export async function addEndpoint(
  actor: Actor,
  url = 'http://127.0.0.1:9/hook',
  events: WebhookEventType[] = WEBHOOK_EVENT_TYPES,
): Promise<{ id: string; secret: string }> {
  const made = await createWebhookEndpoint(actor, { url, description: '', events });
  return { id: made.webhook_endpoint.id, secret: made.secret };
}

/** Writes straight to an endpoint's row: what takes days in life. */
export async function setEndpoint(
  id: string,
  values: Partial<typeof webhookEndpoints.$inferInsert>,
): Promise<void> {
  await database().db.update(webhookEndpoints).set(values).where(eq(webhookEndpoints.id, id));
}

export async function endpointRow(id: string): Promise<typeof webhookEndpoints.$inferSelect> {
  const [row] = await database().db.select().from(webhookEndpoints).where(eq(webhookEndpoints.id, id));
  if (!row) throw new Error('no endpoint');
  return row;
}

export async function deliveriesOf(endpointId: string, type?: string) {
  return database()
    .db.select()
    .from(webhookDeliveries)
    .where(
      and(eq(webhookDeliveries.endpointId, endpointId), type ? eq(webhookDeliveries.type, type) : undefined),
    )
    .orderBy(webhookDeliveries.createdAt, webhookDeliveries.id);
}

/** What a delivery says. */
export function contentsOf({ body }: { body: string }): {
  type: string;
  timestamp: string;
  data: Record<string, unknown>;
} {
  return JSON.parse(body) as { type: string; timestamp: string; data: Record<string, unknown> };
}

/** Makes what waits for an endpoint due now: leases end, pauses are over. */
export async function makeDue(endpointId: string): Promise<void> {
  await database()
    .db.update(webhookDeliveries)
    .set({ dueAt: new Date(0) })
    .where(and(eq(webhookDeliveries.endpointId, endpointId), eq(webhookDeliveries.state, 'waiting')));
}
