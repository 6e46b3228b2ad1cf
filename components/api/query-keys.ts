/** Every key of the query cache, so that what is read and what is refreshed cannot drift apart. */
export const queryKeys = {
  campaigns: ['campaigns'] as const,
  campaignLists: ['campaigns', 'list'] as const,
  campaignList: (filters: object) => ['campaigns', 'list', filters] as const,
  campaign: (id: string) => ['campaigns', 'one', id] as const,
  failures: (campaignId: string) => ['campaigns', 'failures', campaignId] as const,
  timeline: (campaignId: string) => ['campaigns', 'timeline', campaignId] as const,
  recipients: (campaignId: string) => ['recipients', campaignId] as const,
  recipientList: (campaignId: string, filters: object) =>
    ['recipients', campaignId, 'list', filters] as const,
  recipient: (campaignId: string, id: string) => ['recipients', campaignId, 'one', id] as const,
  template: (id: number) => ['templates', 'one', id] as const,
  health: ['health'] as const,
};
