import { listAuditEventsEndpoint } from '@/lib/api/audit';
import { listAuditEvents } from '@/lib/audit/queries';
import { handle, json } from '@/lib/http/route';

export const GET = handle(listAuditEventsEndpoint, async ({ user, query, db }) =>
  json(200, await listAuditEvents({ workspaceId: user.workspaceId, ...query }, db)),
);
