import { getRecipientEndpoint } from '@/lib/api/recipients';
import { handle, json } from '@/lib/http/route';
import { getRecipient } from '@/lib/recipients/timeline';

export const GET = handle(getRecipientEndpoint, async ({ user, params: { id, recipientId }, db }) =>
  json(200, await getRecipient({ workspaceId: user.workspaceId, campaignId: id, recipientId }, db)),
);
