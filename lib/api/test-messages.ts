import { z } from 'zod';
import { testMessageBodySchema } from '@/lib/intake/schema';
import { endpoint } from './endpoint';

export const sendTestMessagesEndpoint = endpoint({
  method: 'POST',
  path: '/api/test-messages',
  tag: 'Campaigns',
  summary: 'Send a template to your own phones, now',
  description:
    'A real message, held to every limit and to the do-not-contact list. It is in no list and in no metrics; `GET /api/campaigns/{campaign_id}` and its recipients show what became of it. At most 3 a minute for each user.',
  auth: 'user',
  body: testMessageBodySchema,
  responses: {
    202: z.object({ success: z.literal(true), campaign_id: z.uuid() }),
    429: z.unknown(),
  },
});
