import { suppressFailedEndpoint } from '@/lib/api/campaigns';
import { handle, json } from '@/lib/http/route';
import { addFailedToOptOuts } from '@/lib/opt-outs/add-failed';

export const POST = handle(suppressFailedEndpoint, async ({ user, params, body, db }) => {
  const order = { campaignId: params.id, errorCode: body.error_code };
  return json(200, await addFailedToOptOuts(user, order, db));
});
