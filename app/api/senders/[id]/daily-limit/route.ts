import { senderDailyLimitEndpoint } from '@/lib/api/senders';
import { readDailyUse } from '@/lib/daily-limit/use';
import { handle, json } from '@/lib/http/route';

export const GET = handle(senderDailyLimitEndpoint, async ({ user, params, db }) =>
  json(200, await readDailyUse({ workspaceId: user.workspaceId, senderId: params.id }, db)),
);
