import { createSenderEndpoint, listSendersEndpoint } from '@/lib/api/senders';
import { handle, json } from '@/lib/http/route';
import { createSender } from '@/lib/senders/create';
import { listSenders } from '@/lib/senders/queries';

export const POST = handle(createSenderEndpoint, async ({ user, body, db }) =>
  json(201, { success: true, sender: await createSender(user, body, db) }),
);

export const GET = handle(listSendersEndpoint, async ({ user, db }) =>
  json(200, await listSenders(user.workspaceId, db)),
);
