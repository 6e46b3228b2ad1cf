import { checkedOptOutsSchema, checkOptOutsSchema } from '@/lib/opt-outs/schema';
import { endpoint } from './endpoint';

export const checkOptOutsEndpoint = endpoint({
  method: 'POST',
  path: '/api/opt-outs/check',
  tag: 'Contacts',
  summary: 'Which of these numbers are on the do-not-contact list',
  description: 'Changes nothing. Every send checks the list again by itself.',
  auth: 'user',
  body: checkOptOutsSchema,
  responses: { 200: checkedOptOutsSchema },
});
