/** What a list of campaigns can be sorted by (browser-safe). */
export const CAMPAIGN_SORTS = ['newest', 'oldest', 'name'] as const;
export type CampaignSort = (typeof CAMPAIGN_SORTS)[number];
