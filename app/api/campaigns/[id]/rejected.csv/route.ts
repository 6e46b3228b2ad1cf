import { csvAnswer } from '@/lib/api/csv-answer';
import { exportRejectedRowsEndpoint } from '@/lib/api/recipients';
import { handle } from '@/lib/http/route';
import { exportRejectedRows } from '@/lib/recipients/export';

export const GET = handle(exportRejectedRowsEndpoint, async ({ user, params, db }) =>
  csvAnswer(await exportRejectedRows({ workspaceId: user.workspaceId, campaignId: params.id }, db)),
);
