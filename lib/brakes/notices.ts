import { and, eq } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { senders } from '@/db/schema/senders';
import { pauseCampaignsOfSender } from '@/lib/campaigns/transitions';
import type { WorkspaceId } from '@/lib/tenant';
import { toBrakes } from './columns';

interface OfSender {
  workspaceId: WorkspaceId;
  senderId: string;
}

/** The number's quality fell to red: its campaigns pause, if the sender's brakes say so. Red before is no news. */
export async function brakeForQuality(
  { was, is, ...of }: OfSender & { was: string | null; is: string | null | undefined },
  tx: Db,
): Promise<void> {
  if (is !== 'RED' || was === 'RED' || !(await readBrakesOf(of, tx))?.on_red_quality) return;
  const reason =
    'WhatsApp rates the quality of this number as low (red): many people block or report its messages, and WhatsApp may lower what it is allowed to send. Check who gets this campaign and whether they asked for it; resume only if you are sure.';
  await pauseCampaignsOfSender({ ...of, reason }, tx);
}

/** WhatsApp put a template into another category: the campaigns using it pause, if the sender's brakes say so. */
export async function brakeForCategory(
  {
    template,
    is,
    ...of
  }: OfSender & { template: { id: number; name: string; category: string }; is: string },
  tx: Db,
): Promise<void> {
  if (is === template.category || !(await readBrakesOf(of, tx))?.on_category_change) return;
  const [before, after] = [template.category, is].map((category) => category.toLowerCase());
  const reason = `WhatsApp moved the template "${template.name}" from ${before} to ${after}: its messages have another price from now on${
    is === 'MARKETING' ? ', and people must have agreed to marketing' : ''
  }. Resume if that is right, or choose another template for those who wait.`;
  await pauseCampaignsOfSender({ ...of, templateId: template.id, reason }, tx);
}

async function readBrakesOf({ workspaceId, senderId }: OfSender, tx: Db) {
  const [row] = await tx
    .select()
    .from(senders)
    .where(and(eq(senders.workspaceId, workspaceId), eq(senders.id, senderId)));
  return row && toBrakes(row);
}
