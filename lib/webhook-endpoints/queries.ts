import { and, asc, eq, sql, type SQL } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { webhookEndpoints } from '@/db/schema/webhook-endpoints';
import { notFound } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';
import type { WebhookEventType } from './events';
import type { WebhookEndpoint } from './schema';

export interface EndpointKey {
  workspaceId: WorkspaceId;
  endpointId: string;
}

/** More are not counted one by one. */
const COUNTED = 1_000;

/** The workspace's endpoints, in the order in which they were added. */
export async function listWebhookEndpoints(
  workspaceId: WorkspaceId,
  db: Db = database().db,
): Promise<WebhookEndpoint[]> {
  const rows = await selectEndpoints(db, eq(webhookEndpoints.workspaceId, workspaceId)).orderBy(
    asc(webhookEndpoints.createdAt),
    asc(webhookEndpoints.id),
  );
  return rows.map(toWebhookEndpoint);
}

/** One endpoint; throws 404. */
export async function getWebhookEndpoint(key: EndpointKey, db: Db = database().db): Promise<WebhookEndpoint> {
  const [row] = await selectEndpoints(db, isEndpoint(key));
  if (!row) throw notFound('webhook-endpoint');
  return toWebhookEndpoint(row);
}

export function isEndpoint({ workspaceId, endpointId }: EndpointKey): SQL | undefined {
  return and(eq(webhookEndpoints.workspaceId, workspaceId), eq(webhookEndpoints.id, endpointId));
}

function selectEndpoints(db: Db, where: SQL | undefined) {
  return db
    .select({
      endpoint: webhookEndpoints,
      // By their full names: of one table alone Drizzle leaves the table's away.
      waiting: sql<number>`(SELECT count(*)::int FROM (
        SELECT 1 FROM webhook_deliveries d WHERE d.workspace_id = webhook_endpoints.workspace_id
          AND d.endpoint_id = webhook_endpoints.id AND d.state = 'waiting' LIMIT ${COUNTED}) w)`,
      oldSecretUntil: sql<string | null>`CASE WHEN ${webhookEndpoints.oldSecretUntil} > now()
        THEN ${webhookEndpoints.oldSecretUntil}::text END`,
    })
    .from(webhookEndpoints)
    .where(where)
    .$dynamic();
}

function toWebhookEndpoint(row: Awaited<ReturnType<typeof selectEndpoints>>[number]): WebhookEndpoint {
  const { endpoint: e } = row;
  return {
    id: e.id,
    url: e.url,
    description: e.description,
    events: e.events as WebhookEventType[],
    enabled: e.enabled,
    disabled_reason: e.disabledReason,
    failing_since: e.failingSince?.toISOString() ?? null,
    last_success_at: e.lastSuccessAt?.toISOString() ?? null,
    waiting: row.waiting,
    old_secret_until: row.oldSecretUntil === null ? null : new Date(row.oldSecretUntil).toISOString(),
    created_at: e.createdAt.toISOString(),
    updated_at: e.updatedAt.toISOString(),
  };
}
