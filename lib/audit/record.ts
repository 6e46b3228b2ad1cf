import { database, type Db } from '@/db/client';
import { auditEvents } from '@/db/schema/accounts';
import type { WorkspaceId } from '@/lib/tenant';

export type AuditKind =
  | 'sender_added'
  | 'sender_changed'
  | 'sender_deleted'
  | 'api_key_made'
  | 'api_key_rotated'
  | 'api_key_revoked'
  | 'webhook_endpoint_added'
  | 'webhook_endpoint_changed'
  | 'webhook_endpoint_deleted'
  | 'webhook_secret_rotated'
  | 'webhook_endpoint_switched_off'
  | 'media_uploaded'
  | 'media_deleted'
  | 'password_changed'
  | 'signed_out_everywhere'
  | 'profile_changed'
  | 'late_starts_changed'
  | 'rate_added'
  | 'rate_changed'
  | 'rate_deleted'
  | 'rates_imported'
  | 'opt_out_added'
  | 'opt_out_removed'
  | 'contact_erased';

export interface AuditEvent {
  workspaceId: WorkspaceId;
  /** Absent: the product did it by itself. */
  userId?: string;
  kind: AuditKind;
  /** What it was done to, as a person knows it: a name, a phone number (E.164). */
  subject: string;
  /** What else is worth keeping: a reason, the fields that changed. Never a secret. */
  detail?: Record<string, unknown>;
}

/** Writes who did what, in the transaction of what it tells of. */
export async function recordAudit(events: readonly AuditEvent[], db: Db = database().db): Promise<void> {
  if (events.length === 0) return;
  await db
    .insert(auditEvents)
    .values(events.map((event) => ({ ...event, userId: event.userId ?? null, detail: event.detail ?? {} })));
}
