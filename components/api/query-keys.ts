/** Every key of the query cache, so that what is read and what is refreshed cannot drift apart. */
export const queryKeys = {
  campaigns: ['campaigns'] as const,
  campaignList: (filters: { status?: string; search?: string }) => ['campaigns', 'list', filters] as const,
  campaign: (id: string) => ['campaigns', 'one', id] as const,
  recipients: (campaignId: string) => ['recipients', campaignId] as const,
  recipientList: (campaignId: string, filters: { status?: string }) =>
    ['recipients', campaignId, filters] as const,
  palette: (search: string) => ['campaigns', 'palette', search] as const,
  templates: ['templates'] as const,
  senders: ['senders'] as const,
  settings: ['settings'] as const,
  apiKeys: ['api-keys'] as const,
  auditEvents: ['audit-events'] as const,
  testRun: (campaignId: string) => ['test-run', campaignId] as const,
  sender: (id: string) => ['senders', 'one', id] as const,
  optOuts: ['opt-outs'] as const,
  optOutList: (filters: { search?: string; source?: string }) => ['opt-outs', filters] as const,
  contact: (phone: string) => ['contacts', phone] as const,
  health: ['health'] as const,
};
