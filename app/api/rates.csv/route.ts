import { exportRatesEndpoint } from '@/lib/api/costs';
import { csvAnswer } from '@/lib/api/csv-answer';
import { exportRates } from '@/lib/costs/rates-csv';
import { handle } from '@/lib/http/route';

export const GET = handle(exportRatesEndpoint, async ({ user, db }) =>
  csvAnswer(exportRates(user.workspaceId, db)),
);
