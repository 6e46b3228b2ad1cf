import { exportOptOutsEndpoint } from '@/lib/api/contacts';
import { csvAnswer } from '@/lib/api/csv-answer';
import { handle } from '@/lib/http/route';
import { exportOptOuts } from '@/lib/opt-outs/export';

export const GET = handle(exportOptOutsEndpoint, async ({ user, query, db }) =>
  csvAnswer(exportOptOuts({ workspaceId: user.workspaceId, ...query }, db)),
);
