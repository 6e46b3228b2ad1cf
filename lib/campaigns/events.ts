import { database, type Db } from '@/db/client';
import { campaignEvents } from '@/db/schema/campaigns';
import type { WorkspaceId } from '@/lib/tenant';
import { tellOfCampaigns } from './tell';

export type CampaignEventKind =
  | 'created'
  | 'edited'
  | 'started'
  | 'resumed'
  | 'scheduled'
  | 'unscheduled'
  | 'start_missed'
  | 'start_held'
  | 'paused'
  | 'stopped'
  | 'completed'
  | 'reopened'
  | 'retried'
  | 'speed_changed'
  | 'followed_up'
  | 'test_sent'
  | 'winner_chosen';

export interface CampaignEvent {
  workspaceId: WorkspaceId;
  campaignId: string;
  kind: CampaignEventKind;
  /** Absent: the engine did it by itself. */
  userId?: string;
  detail?: Record<string, unknown>;
}

/** Writes to the campaign's timeline, in the transaction of what it tells of. */
export async function recordCampaignEvents(events: CampaignEvent[], db: Db = database().db): Promise<void> {
  if (events.length === 0) return;
  await db
    .insert(campaignEvents)
    .values(events.map((event) => ({ ...event, userId: event.userId ?? null, detail: event.detail ?? {} })));
  await tellOfCampaigns(events, db);
}
