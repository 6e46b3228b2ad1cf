import { csvAnswer } from '@/lib/api/csv-answer';
import { exportRecipientsEndpoint } from '@/lib/api/recipients';
import { handle } from '@/lib/http/route';
import { exportRecipients } from '@/lib/recipients/export';

export const GET = handle(
  exportRecipientsEndpoint,
  async ({ user, params, query: { error_code: errorCode, ...query }, db }) =>
    csvAnswer(
      await exportRecipients(
        { workspaceId: user.workspaceId, campaignId: params.id, errorCode, ...query },
        db,
      ),
    ),
);
