import { and, eq, inArray } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import type { WorkspaceId } from '@/lib/tenant';
import type { WebhookEventType } from '@/lib/webhook-endpoints/events';
import { recordEach, wantedEvents } from '@/lib/webhook-endpoints/outbox';
import { toCampaign } from './dto';
import type { Campaign } from './schema';
import { selectCampaigns } from './select';

/** What of a campaign's timeline its owner's own programs may ask to be told. */
const TOLD: Record<string, WebhookEventType | undefined> = {
  started: 'campaign.started',
  resumed: 'campaign.started',
  reopened: 'campaign.started',
  paused: 'campaign.paused',
  start_held: 'campaign.paused',
  completed: 'campaign.finished',
  stopped: 'campaign.finished',
};

interface Told {
  workspaceId: WorkspaceId;
  campaignId: string;
  kind: string;
}

/**
 * Records these events of one workspace, with the campaign as it stands in this transaction, for the endpoints that ask
 * for them. A test message's campaign is told to nobody.
 */
export async function tellOfCampaigns(events: readonly Told[], tx: Db): Promise<void> {
  const told = events.flatMap((event) => {
    const type = TOLD[event.kind];
    return type ? [{ ...event, type }] : [];
  });
  const [first] = told;
  if (!first) return;
  const { workspaceId } = first;
  const wanted = await wantedEvents({ workspaceId, types: told.map(({ type }) => type) }, tx);
  const asked = told.filter(({ type }) => wanted.has(type));
  if (asked.length === 0) return;
  const ids = asked.map(({ campaignId }) => campaignId);
  const rows = await selectCampaigns(
    tx,
    and(eq(campaigns.workspaceId, workspaceId), inArray(campaigns.id, ids), eq(campaigns.isTest, false)),
  );
  for (const campaign of rows.map(toCampaign)) {
    for (const { type, kind } of asked.filter(({ campaignId }) => campaignId === campaign.id)) {
      const data = { cause: kind, reason: campaign.paused_reason, campaign: toldOf(campaign) };
      await recordEach(workspaceId, type, [data], tx);
    }
  }
}

function toldOf(campaign: Campaign) {
  const { id, name, status, sender_id, template_id, template_name, template_language } = campaign;
  const { total_recipients, sent, delivered, read, failed, pending, skipped, unconfirmed } = campaign;
  const { scheduled_at, started_at, completed_at } = campaign;
  return {
    ...{ id, name, status, sender_id, template_id, template_name, template_language },
    ...{ total_recipients, sent, delivered, read, failed, pending, skipped, unconfirmed },
    ...{ scheduled_at, started_at, completed_at },
  };
}
