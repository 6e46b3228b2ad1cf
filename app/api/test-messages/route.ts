import { sendTestMessagesEndpoint } from '@/lib/api/test-messages';
import { handle, json } from '@/lib/http/route';
import { limitTestMessages } from '@/lib/http/test-message-limit';
import { sendTestMessages } from '@/lib/intake/send-test';

export const POST = handle(sendTestMessagesEndpoint, async ({ user, body, db }) => {
  const campaignId = await limitTestMessages(user.userId, () => sendTestMessages(user, body, db));
  return json(202, { success: true, campaign_id: campaignId });
});
