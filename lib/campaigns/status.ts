/** A campaign's states and the moves between them (browser-safe). */
export const CAMPAIGN_STATUSES = ['draft', 'scheduled', 'active', 'paused', 'completed', 'stopped'] as const;

export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number];

/** What a person or the engine does to a campaign. */
export type CampaignAction =
  'send' | 'activate' | 'pause' | 'stop' | 'schedule' | 'unschedule' | 'complete' | 'reopen' | 'delete';

const FROM: Record<CampaignAction, readonly CampaignStatus[]> = {
  send: ['draft', 'paused'],
  activate: ['draft', 'scheduled', 'paused'],
  pause: ['active', 'scheduled'],
  stop: ['draft', 'scheduled', 'active', 'paused'],
  schedule: ['draft', 'scheduled'],
  unschedule: ['scheduled'],
  complete: ['active'],
  reopen: ['completed'],
  delete: ['draft', 'completed', 'stopped'],
};

/** The states an action is possible from. */
export function statesAllowing(action: CampaignAction): readonly CampaignStatus[] {
  return FROM[action];
}

/** Whether an action is possible now. */
export function mayDo(action: CampaignAction, status: CampaignStatus): boolean {
  return FROM[action].includes(status);
}
