import { csvAnswer } from '@/lib/api/csv-answer';
import { sampleCsvEndpoint } from '@/lib/api/templates';
import { handle } from '@/lib/http/route';
import { sampleCsv } from '@/lib/recipients/sample-csv';
import { getTemplate } from '@/lib/templates/queries';

export const GET = handle(sampleCsvEndpoint, async ({ user, params, db }) =>
  csvAnswer(sampleCsv(await getTemplate(user.workspaceId, params.id, db))),
);
