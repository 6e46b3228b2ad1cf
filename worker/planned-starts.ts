import pLimit from 'p-limit';
import { askBeforeStart } from '@/lib/brakes/before-start';
import { takeStart } from '@/lib/campaigns/planned-start';
import { startScheduledCampaign } from '@/lib/campaigns/transitions';
import { listDueCampaigns } from '@/lib/engine/live-campaigns';
import { log } from '@/lib/log';
import type { WorkspaceId } from '@/lib/tenant';

/** Many are planned for the same minute: a number that WhatsApp is slow to tell of must not make the others late. */
const AT_ONCE = 8;

/** Begins what is due, each campaign after WhatsApp was asked whether its number may send: by one worker, mostly. */
export async function startDue(): Promise<void> {
  const limit = pLimit(AT_ONCE);
  await Promise.all((await listDueCampaigns()).map((due) => limit(() => startOne(due))));
}

async function startOne(due: { workspaceId: WorkspaceId; campaignId: string }): Promise<void> {
  try {
    if (!(await takeStart(due))) return;
    await askBeforeStart(due);
    const outcome = await startScheduledCampaign(due);
    if (outcome === 'missed') log.warn(due, 'a planned start was missed: it waits for a person');
    if (outcome === 'held') log.warn(due, 'a planned start is held: it waits for a person');
  } catch (error) {
    // One that cannot be started holds up none of the others; the next round tries it again.
    log.error({ err: error, ...due }, 'a planned start failed');
  }
}
