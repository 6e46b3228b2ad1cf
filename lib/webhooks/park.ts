import { database, type Db } from '@/db/client';
import { parkedWebhooks } from '@/db/schema/webhooks';
import { log } from '@/lib/log';
import { webhookStatuses } from '@/lib/metrics';
import type { WorkspaceId } from '@/lib/tenant';
import { storableJson, storableText } from './storable';

export interface Parked {
  workspaceId: WorkspaceId;
  senderId: string;
  /** What is wrong with it, one clause. */
  reason: string;
  /** As it came, parsed. */
  raw: unknown;
}

const MAX_REASON = 500;

/** Keeps what was signed but cannot be applied, for a person to look at; the rest of its webhook goes on. */
export async function parkWebhooks(parts: readonly Parked[], db: Db = database().db): Promise<void> {
  if (parts.length === 0) return;
  await db.insert(parkedWebhooks).values(
    parts.map(({ workspaceId, senderId, reason, raw }) => ({
      workspaceId,
      senderId,
      reason: storableText(reason).slice(0, MAX_REASON),
      // A null of JSON would be written as NULL.
      raw: storableJson(raw) ?? 'null',
    })),
  );
  webhookStatuses.inc({ result: 'parked' }, parts.length);
  for (const { senderId, reason } of parts) log.warn({ senderId, reason }, 'part of a webhook was parked');
}
