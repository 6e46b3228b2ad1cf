import { randomUUID } from 'node:crypto';
import { and, desc, eq, sql, type SQL } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { webhookDeliveries, webhookEndpoints } from '@/db/schema/webhook-endpoints';
import { AppError, notFound } from '@/lib/errors';
import { formatDeliveryCursor, parseDeliveryCursor } from './cursor';
import { messageId } from './deliver';
import { TEST_EVENT } from './events';
import { getWebhookEndpoint, isEndpoint, type EndpointKey } from './queries';
import type { DeliveryPage, DeliveryState, WebhookDelivery } from './schema';

interface ListDeliveries extends EndpointKey {
  state?: DeliveryState;
  limit: number;
  /** From the page before. */
  cursor?: string;
}

/** One page of an endpoint's log, newest first (index webhook_deliveries_newest, read backwards). Throws 404. */
export async function listDeliveries(
  { state, limit, cursor, ...key }: ListDeliveries,
  db: Db = database().db,
): Promise<DeliveryPage> {
  await getWebhookEndpoint(key, db);
  const after = cursor === undefined ? null : parseDeliveryCursor(cursor);
  const rows = await selectDeliveries(
    db,
    and(
      eq(webhookDeliveries.workspaceId, key.workspaceId),
      eq(webhookDeliveries.endpointId, key.endpointId),
      state ? eq(webhookDeliveries.state, state) : undefined,
      after
        ? sql`(${webhookDeliveries.createdAt}, ${webhookDeliveries.id}) < (${after.createdAt}::timestamptz, ${after.id}::uuid)`
        : undefined,
    ),
  )
    .orderBy(desc(webhookDeliveries.createdAt), desc(webhookDeliveries.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    deliveries: page.map(toDelivery),
    next_cursor: last ? formatDeliveryCursor({ createdAt: last.createdAtText, id: last.delivery.id }) : null,
  };
}

/**
 * Sends a delivery again, whatever became of it, with a whole run of attempts; one that waits is tried at once. One that
 * is under way is left alone. Throws 404, 409.
 */
export async function redeliver(
  { deliveryId, ...key }: EndpointKey & { deliveryId: string },
  db: Db = database().db,
): Promise<WebhookDelivery> {
  return db.transaction(async (tx) => {
    await requireEnabled(key, tx);
    const own = and(
      eq(webhookDeliveries.workspaceId, key.workspaceId),
      eq(webhookDeliveries.endpointId, key.endpointId),
      eq(webhookDeliveries.id, deliveryId),
    );
    await tx
      .update(webhookDeliveries)
      .set({
        state: 'waiting',
        endedAt: null,
        attempts: 0,
        dueAt: sql`clock_timestamp()`,
        leaseToken: null,
      })
      .where(
        and(
          own,
          sql`(${webhookDeliveries.leaseToken} IS NULL OR ${webhookDeliveries.dueAt} < clock_timestamp())`,
        ),
      );
    return one(tx, own);
  });
}

/** Sends a made-up event, once. Throws 404, 409. */
export async function sendTestDelivery(key: EndpointKey, db: Db = database().db): Promise<WebhookDelivery> {
  return db.transaction(async (tx) => {
    await requireEnabled(key, tx);
    const { workspaceId, endpointId } = key;
    const id = randomUUID();
    const body = JSON.stringify({
      type: TEST_EVENT,
      timestamp: new Date().toISOString(),
      data: { message: 'A test, sent from the settings. Nothing has happened.' },
    });
    await tx
      .insert(webhookDeliveries)
      .values({ workspaceId, id, endpointId, eventId: randomUUID(), type: TEST_EVENT, body });
    return one(tx, and(eq(webhookDeliveries.workspaceId, workspaceId), eq(webhookDeliveries.id, id)));
  });
}

async function requireEnabled(key: EndpointKey, tx: Db): Promise<void> {
  // Locked against being deleted meanwhile, which would leave the delivery behind.
  const [row] = await tx
    .select({ enabled: webhookEndpoints.enabled })
    .from(webhookEndpoints)
    .where(isEndpoint(key))
    .for('key share');
  if (!row) throw notFound('webhook-endpoint');
  if (row.enabled) return;
  const message = 'This endpoint is switched off; switch it on first.';
  throw new AppError('conflict', 'webhook_endpoint_off', message);
}

async function one(db: Db, where: SQL | undefined): Promise<WebhookDelivery> {
  const [row] = await selectDeliveries(db, where);
  if (!row) throw notFound('delivery');
  return toDelivery(row);
}

function selectDeliveries(db: Db, where: SQL | undefined) {
  return db
    .select({ delivery: webhookDeliveries, createdAtText: sql<string>`${webhookDeliveries.createdAt}::text` })
    .from(webhookDeliveries)
    .where(where)
    .$dynamic();
}

function toDelivery({ delivery: d }: Awaited<ReturnType<typeof selectDeliveries>>[number]): WebhookDelivery {
  return {
    id: d.id,
    message_id: messageId(d.eventId),
    type: d.type as WebhookDelivery['type'],
    state: d.state,
    attempts: d.attempts,
    next_attempt_at: d.state === 'waiting' ? d.dueAt.toISOString() : null,
    tries: d.tries,
    body: d.body,
    created_at: d.createdAt.toISOString(),
    ended_at: d.endedAt?.toISOString() ?? null,
  };
}
