import { startCampaign } from '@/lib/campaigns/transitions';
import { AppError } from '@/lib/errors';
import { createCampaignFromJson } from '@/lib/intake/create-from-json';
import { createCampaignBodySchema } from '@/lib/intake/schema';
import type { ActiveCampaign } from './engine';
import { createSender, createTemplate, createWorkspace } from './rows';

/** What a world is made with; each part that is off must cost the engine nothing, and the test has such worlds too. */
export interface WorldOptions {
  people: number;
  /** Whether its sender's window may open and close. */
  hasWindow?: boolean;
  /** New people the portfolio may write to within 24 hours; null: no limit. */
  limit?: number | null;
  /** Whether it has two messages, and whether some wait for the choice between them. */
  messages?: 'one' | 'split' | 'holdback';
}

/** By turns in India and in Germany. */
const numberOf = (i: number): string =>
  i % 2 === 0 ? `+9198765${String(43_000 + i)}` : `+491512345${String(6_000 + i)}`;

/** A campaign that is sending, made by the import as any other, to the people from `first` on. */
export async function createWorldCampaign(
  { people, messages = 'one' }: WorldOptions,
  more: { actor?: ActiveCampaign['actor']; portfolio?: string; first?: number } = {},
): Promise<ActiveCampaign & { portfolio: string }> {
  const actor = more.actor ?? (await createWorkspace());
  const values = more.portfolio === undefined ? {} : { wabaId: more.portfolio };
  const sender = await createSender(actor.workspaceId, actor.userId, values);
  const [a, b] = [
    await createTemplate(actor.workspaceId, sender.id, { name: 'plain' }),
    await createTemplate(actor.workspaceId, sender.id, { name: 'warm' }),
  ];
  const recipients = Array.from({ length: people }, (_, i) => ({
    phone_number: numberOf((more.first ?? 0) + i),
    body_param_1: `Person ${i}`,
  }));
  const order = {
    name: 'World',
    template_id: a.id,
    recipients,
    ...(messages === 'one' ? {} : { variants: [a, b].map(({ id }) => ({ template_id: id, share: 50 })) }),
    ...(messages === 'holdback'
      ? { holdback: { percent: 50, decide_by: 'delivered', after_minutes: 1 } }
      : {}),
  };
  const id = await createUntilSplit(actor, order);
  await startCampaign({ actor, campaignId: id, rateLimit: 1000 });
  return { id, workspaceId: actor.workspaceId, senderId: sender.id, actor, portfolio: sender.wabaId };
}

/** A split by chance leaves one message of so few people without anybody now and then, which is refused. */
async function createUntilSplit(actor: ActiveCampaign['actor'], order: object): Promise<string> {
  for (let again = 0; ; again += 1) {
    try {
      return (await createCampaignFromJson(actor, createCampaignBodySchema.parse(order))).campaign_id;
    } catch (error) {
      const isUneven = error instanceof AppError && error.issues?.[0]?.path === 'variants';
      if (!isUneven || again === 50) throw error;
    }
  }
}
