import { createRateEndpoint, listRatesEndpoint } from '@/lib/api/costs';
import { createRate, listRates } from '@/lib/costs/rates';
import { handle, json } from '@/lib/http/route';

export const GET = handle(listRatesEndpoint, async ({ user, db }) =>
  json(200, await listRates(user.workspaceId, db)),
);

export const POST = handle(createRateEndpoint, async ({ user, body, db }) =>
  json(201, { success: true, rate: await createRate(user, body, db) }),
);
