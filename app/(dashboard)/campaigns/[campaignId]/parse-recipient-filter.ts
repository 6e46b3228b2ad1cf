import { z } from 'zod';
import type { RecipientFilter } from '@/components/recipients/recipient-filter';
import { recipientResponseSchema, recipientStatusSchema } from '@/lib/recipients/schema';

const codeSchema = z.coerce.number().pipe(z.int32());

/** The filter of a page's address; what is not understood is left out. */
export function parseRecipientFilter(params: Record<string, string | string[] | undefined>): RecipientFilter {
  const { status, error, response, search } = params;
  const filter: RecipientFilter = {};
  const known = recipientStatusSchema.safeParse(status).data;
  if (known) filter.status = known;
  const done = recipientResponseSchema.safeParse(response).data;
  if (done) filter.response = done;
  if (error === 'none') filter.errorCode = null;
  else if (error) filter.errorCode = codeSchema.safeParse(error).data;
  if (typeof search === 'string' && search.trim()) filter.search = search.trim().slice(0, 200);
  return filter;
}
