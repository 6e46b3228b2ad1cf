import { z } from 'zod';
import { campaignSchema } from '@/lib/campaigns/schema';
import { comparisonSchema } from '@/lib/variants/comparison-schema';
import { VARIANT_KEYS } from '@/lib/variants/keys';
import { endpoint } from './endpoint';

const campaignId = z.strictObject({ id: z.uuid() });

export const getComparisonEndpoint = endpoint({
  method: 'GET',
  path: '/api/campaigns/{id}/comparison',
  tag: 'Campaigns',
  summary: 'The messages of a test against each other',
  description:
    'Of a campaign with `variants`, else 409 `no_test`. Each message is compared with A: the difference of the shares and its 95 % interval (Newcombe’s; with more than two messages made stricter, so that all comparisons together are 95 % sure). Once a message was chosen for those who waited, the counts are those of that moment: from then on the groups are not alike any more.',
  auth: 'user',
  params: campaignId,
  responses: { 200: comparisonSchema },
});

export const chooseWinnerEndpoint = endpoint({
  method: 'POST',
  path: '/api/campaigns/{id}/winner',
  tag: 'Campaigns',
  summary: 'Choose the message for those who wait',
  description:
    'Of a campaign with `holdback`, while it is active or paused, also before the time it would choose by itself. All who wait get this message. The same choice again changes nothing; another one is 409 `winner_chosen`.',
  auth: 'user',
  params: campaignId,
  body: z.strictObject({ variant: z.enum(VARIANT_KEYS) }),
  responses: { 200: z.object({ success: z.literal(true), campaign: campaignSchema }) },
});
