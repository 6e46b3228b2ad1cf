import { retryCampaignEndpoint } from '@/lib/api/campaigns';
import { retryRecipients } from '@/lib/engine/retry';
import { handle, json } from '@/lib/http/route';

export const POST = handle(retryCampaignEndpoint, async ({ user, params, body, db }) => {
  const { retried, waiting, waitingUntil } = await retryRecipients(
    { actor: user, campaignId: params.id, include: [body.include].flat(), errorCodes: body.error_codes },
    db,
  );
  const held = waiting > 0 && { waiting, waiting_until: waitingUntil?.toISOString() };
  return json(200, { success: true, retried, ...held });
});
