import { z } from 'zod';
import { followUpBodySchema } from '@/lib/follow-ups/body-schema';
import { followUpChoicesSchema } from '@/lib/follow-ups/schema';
import { createdCampaignSchema } from '@/lib/intake/schema';
import { endpoint } from './endpoint';

const campaignId = z.strictObject({ id: z.uuid() });

export const followUpChoicesEndpoint = endpoint({
  method: 'GET',
  path: '/api/campaigns/{id}/follow-up',
  tag: 'Campaigns',
  summary: 'Whom of a campaign another one may be made for, and how many they are',
  description: 'The failed once in all and once for each cause.',
  auth: 'user',
  params: campaignId,
  responses: { 200: followUpChoicesSchema },
});

export const createFollowUpEndpoint = endpoint({
  method: 'POST',
  path: '/api/campaigns/{id}/follow-up',
  tag: 'Campaigns',
  summary: 'Make a campaign for people of another one, by what became of its message',
  description: [
    'The list is frozen as it stands at this moment: what is reported later changes nobody in it. The answer is that of creating a campaign, and the campaign is a draft until it is sent.',
    'Those on the do-not-contact list are left out, as are rows without what the template needs; they are in `rejected.csv` with their reason. Nobody who was erased is in it.',
  ].join('\n\n'),
  auth: 'user',
  params: campaignId,
  body: followUpBodySchema,
  idempotent: true,
  responses: { 201: createdCampaignSchema },
});
