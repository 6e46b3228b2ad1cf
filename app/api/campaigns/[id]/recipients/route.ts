import { listRecipientsEndpoint } from '@/lib/api/recipients';
import { handle, json } from '@/lib/http/route';
import { listRecipients } from '@/lib/recipients/queries';

export const GET = handle(
  listRecipientsEndpoint,
  async ({ user, params, query: { error_code: errorCode, ...query }, db }) =>
    json(
      200,
      await listRecipients({ workspaceId: user.workspaceId, campaignId: params.id, errorCode, ...query }, db),
    ),
);
