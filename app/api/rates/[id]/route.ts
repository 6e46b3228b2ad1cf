import { deleteRateEndpoint, updateRateEndpoint } from '@/lib/api/costs';
import { deleteRate, updateRate } from '@/lib/costs/rates';
import { handle, json } from '@/lib/http/route';

export const PATCH = handle(updateRateEndpoint, async ({ user, params, body, db }) =>
  json(200, {
    success: true,
    rate: await updateRate({ actor: user, rateId: params.id, changes: body }, db),
  }),
);

export const DELETE = handle(deleteRateEndpoint, async ({ user, params, db }) => {
  await deleteRate({ actor: user, rateId: params.id }, db);
  return json(200, { success: true });
});
