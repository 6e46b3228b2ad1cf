import { csvAnswer } from '@/lib/api/csv-answer';
import { exportResultsEndpoint } from '@/lib/api/reports';
import { handle } from '@/lib/http/route';
import { exportResults } from '@/lib/recipients/export-results';

export const GET = handle(exportResultsEndpoint, async ({ user, params, db }) =>
  csvAnswer(await exportResults({ workspaceId: user.workspaceId, campaignId: params.id }, db)),
);
