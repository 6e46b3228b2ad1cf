import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { webhookDeliveries, webhookEndpoints } from '@/db/schema/webhook-endpoints';
import { recordAudit } from '@/lib/audit/record';
import { getEnv } from '@/lib/env';
import { AppError, notFound } from '@/lib/errors';
import type { Actor } from '@/lib/tenant';
import { listOf } from './addresses';
import { getWebhookEndpoint, isEndpoint } from './queries';
import {
  SECRET_OVERLAP_HOURS,
  type CreateWebhookEndpoint,
  type MadeWebhookEndpoint,
  type UpdateWebhookEndpoint,
  type WebhookEndpoint,
} from './schema';
import { sealSigningSecret } from './secrets';
import { newSigningSecret } from './signature';
import { readTargetUrl } from './target';

/** Each event of a workspace goes to all of them. */
const MAX_ENDPOINTS = 20;

interface Command {
  actor: Actor;
  endpointId: string;
}

/** Adds an endpoint. The answer is the only place where its secret can ever be read. Throws 409, 422. */
export async function createWebhookEndpoint(
  actor: Actor,
  order: CreateWebhookEndpoint,
  db: Db = database().db,
): Promise<Omit<MadeWebhookEndpoint, 'success'>> {
  const { workspaceId, userId } = actor;
  const { description, events } = order;
  const url = checkedUrl(order.url);
  return db.transaction(async (tx) => {
    const count = await tx.$count(webhookEndpoints, eq(webhookEndpoints.workspaceId, workspaceId));
    if (count >= MAX_ENDPOINTS) {
      const message = `There are ${MAX_ENDPOINTS} endpoints already; delete one that is not used any more.`;
      throw new AppError('conflict', 'too_many_webhook_endpoints', message);
    }
    const id = randomUUID();
    const secret = newSigningSecret();
    const secretSealed = sealSigningSecret({ workspaceId, id }, secret);
    await tx
      .insert(webhookEndpoints)
      .values({ workspaceId, id, userId, url, description, events, secretSealed });
    await recordAudit([{ ...actor, kind: 'webhook_endpoint_added', subject: url, detail: { events } }], tx);
    return { secret, webhook_endpoint: await getWebhookEndpoint({ workspaceId, endpointId: id }, tx) };
  });
}

/** Changes what is named. Switched on again, an endpoint starts with a clean record. Throws 404, 422. */
export async function updateWebhookEndpoint(
  { actor, endpointId, changes }: Command & { changes: UpdateWebhookEndpoint },
  db: Db = database().db,
): Promise<WebhookEndpoint> {
  const { workspaceId } = actor;
  const key = { workspaceId, endpointId };
  const url = changes.url === undefined ? undefined : checkedUrl(changes.url);
  const cleanRecord =
    changes.enabled === undefined ? {} : { disabledReason: null, failingSince: null, failuresInARow: 0 };
  return db.transaction(async (tx) => {
    const [changed] = await tx
      .update(webhookEndpoints)
      .set({ ...changes, url, ...cleanRecord, updatedAt: sql`now()` })
      .where(isEndpoint(key))
      .returning({ url: webhookEndpoints.url });
    if (!changed) throw notFound('webhook-endpoint');
    const detail = {
      fields: Object.keys(changes),
      ...(changes.enabled === undefined ? {} : { enabled: changes.enabled }),
    };
    await recordAudit([{ ...actor, kind: 'webhook_endpoint_changed', subject: changed.url, detail }], tx);
    return getWebhookEndpoint(key, tx);
  });
}

/** A new secret; the present one signs too for another 24 hours. Throws 404. */
export async function rotateWebhookSecret(
  { actor, endpointId }: Command,
  db: Db = database().db,
): Promise<Omit<MadeWebhookEndpoint, 'success'>> {
  const { workspaceId } = actor;
  const secret = newSigningSecret();
  return db.transaction(async (tx) => {
    const [changed] = await tx
      .update(webhookEndpoints)
      .set({
        oldSecretSealed: webhookEndpoints.secretSealed,
        oldSecretUntil: sql`now() + ${SECRET_OVERLAP_HOURS} * interval '1 hour'`,
        secretSealed: sealSigningSecret({ workspaceId, id: endpointId }, secret),
        updatedAt: sql`now()`,
      })
      .where(isEndpoint({ workspaceId, endpointId }))
      .returning({ url: webhookEndpoints.url });
    if (!changed) throw notFound('webhook-endpoint');
    await recordAudit([{ ...actor, kind: 'webhook_secret_rotated', subject: changed.url }], tx);
    return { secret, webhook_endpoint: await getWebhookEndpoint({ workspaceId, endpointId }, tx) };
  });
}

/** Removes an endpoint with its log; what waited for it is not sent any more. Throws 404. */
export async function deleteWebhookEndpoint(
  { actor, endpointId }: Command,
  db: Db = database().db,
): Promise<void> {
  const { workspaceId } = actor;
  await db.transaction(async (tx) => {
    const [deleted] = await tx
      .delete(webhookEndpoints)
      .where(isEndpoint({ workspaceId, endpointId }))
      .returning({ url: webhookEndpoints.url });
    if (!deleted) throw notFound('webhook-endpoint');
    await tx
      .delete(webhookDeliveries)
      .where(
        and(eq(webhookDeliveries.workspaceId, workspaceId), eq(webhookDeliveries.endpointId, endpointId)),
      );
    await recordAudit([{ ...actor, kind: 'webhook_endpoint_deleted', subject: deleted.url }], tx);
  });
}

function checkedUrl(url: string): string {
  const networks = getEnv().webhookPrivateNetworks;
  return readTargetUrl(url, listOf(networks), networks.length > 0);
}
