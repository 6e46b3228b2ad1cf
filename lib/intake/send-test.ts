import { and, eq } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import { startCampaign } from '@/lib/campaigns/transitions';
import { readDailyLimit } from '@/lib/daily-limit/use';
import { countOver } from '@/lib/daily-limit/over';
import { getTemplate } from '@/lib/templates/queries';
import { AppError } from '@/lib/errors';
import type { Actor, WorkspaceId } from '@/lib/tenant';
import { createCampaignFromJson } from './create-from-json';
import type { TestMessageBody } from './schema';

const MAX_NAME_CHARS = 200;

/**
 * Sends a template to the team's own phones, now: a campaign like any other, so that every promise of the
 * engine holds for it, but marked as a test. Returns its id. Throws 404, 409 and 422 as creating and starting do.
 */
export async function sendTestMessages(
  actor: Actor,
  body: TestMessageBody,
  db: Db = database().db,
): Promise<string> {
  const { workspaceId } = actor;
  return db.transaction(async (tx) => {
    const template = await getTemplate(workspaceId, body.template_id, tx);
    const name = `Test of ${template.name}`.slice(0, MAX_NAME_CHARS);
    const { campaign_id: campaignId } = await createCampaignFromJson(actor, { name, ...body }, tx);
    // Before the commit: nobody ever sees it without the mark.
    await tx
      .update(campaigns)
      .set({ isTest: true })
      .where(and(eq(campaigns.workspaceId, workspaceId), eq(campaigns.id, campaignId)));
    await refuseOverLimit({ workspaceId, campaignId, senderId: template.sender_id }, tx);
    await startCampaign({ actor, campaignId }, tx);
    return campaignId;
  });
}

/**
 * Tests are messages like any other: they count, and wait when the day's limit is used. Who wants to see one on their
 * phone now is told instead. Throws AppError 409 `daily_limit_used`.
 */
async function refuseOverLimit(
  of: { workspaceId: WorkspaceId; campaignId: string; senderId: string },
  tx: Db,
): Promise<void> {
  const daily = await readDailyLimit(of, tx);
  if (!daily) return;
  if ((await countOver({ ...of, daily }, tx)) === 0) return;
  const { limit } = daily;
  throw new AppError(
    'conflict',
    'daily_limit_used',
    `WhatsApp lets this business write to ${limit.toLocaleString('en-US')} people in 24 hours, and they are used up. A test counts as well: send it to fewer numbers, to one that got a message today, or later.`,
  );
}
