import { z } from 'zod';
import { draftChangesSchema, draftSchema, draftSummarySchema } from '@/lib/drafts/schema';
import { CODE_OF_FAILED, followsSchema, hasCodeOfFailed } from '@/lib/follow-ups/schema';
import { endpoint } from './endpoint';

const draftId = z.strictObject({ id: z.uuid() });
const success = z.literal(true);
const saved = z.object({ success, draft: draftSchema });

export const createDraftEndpoint = endpoint({
  method: 'POST',
  path: '/api/drafts',
  tag: 'Drafts',
  summary: 'Begin a campaign in the wizard',
  description: 'A draft is what the pages keep while a campaign is put together; programs need none.',
  auth: 'user',
  body: z
    .strictObject({
      template_id: z.int().min(1).max(2_147_483_647).optional().describe('Chosen already.'),
      follow_up: followsSchema
        .refine(hasCodeOfFailed, CODE_OF_FAILED)
        .optional()
        .describe(
          'People of another campaign, as they stand now: they become the file of the draft, with the columns they were uploaded with and their number as `phone_number`.',
        ),
    })
    .refine(({ template_id, follow_up }) => template_id === undefined || follow_up === undefined, {
      message: 'A follow-up gets its template in the wizard: leave template_id out.',
      path: ['template_id'],
    }),
  bodyOptional: true,
  responses: { 201: saved },
});

export const listDraftsEndpoint = endpoint({
  method: 'GET',
  path: '/api/drafts',
  tag: 'Drafts',
  summary: 'Campaigns being put together, last touched first',
  description: 'At most fifty; those with nothing in them, and those that became campaigns, are left out.',
  auth: 'user',
  responses: { 200: z.object({ drafts: z.array(draftSummarySchema) }) },
});

export const getDraftEndpoint = endpoint({
  method: 'GET',
  path: '/api/drafts/{id}',
  tag: 'Drafts',
  summary: 'One draft',
  auth: 'user',
  params: draftId,
  responses: { 200: draftSchema },
});

export const updateDraftEndpoint = endpoint({
  method: 'PATCH',
  path: '/api/drafts/{id}',
  tag: 'Drafts',
  summary: 'Save a draft',
  description: 'Answers 409 `draft_changed` when it was saved elsewhere since `revision`.',
  auth: 'user',
  params: draftId,
  body: draftChangesSchema,
  maxBodyBytes: 4 * 1024 * 1024,
  responses: { 200: saved },
});

export const deleteDraftEndpoint = endpoint({
  method: 'DELETE',
  path: '/api/drafts/{id}',
  tag: 'Drafts',
  summary: 'Throw a draft away, with its file',
  auth: 'user',
  params: draftId,
  responses: { 200: z.object({ success }) },
});

export const putDraftFileEndpoint = endpoint({
  method: 'PUT',
  path: '/api/drafts/{id}/file',
  tag: 'Drafts',
  summary: 'Keep a file with a draft',
  description:
    'The body is the file as it is; its name is in the header `X-File-Name`, percent-encoded. It takes the place of the one before; an upload that breaks off leaves that.',
  auth: 'user',
  params: draftId,
  bytes: true,
  responses: { 200: saved },
});

export const getDraftFileEndpoint = endpoint({
  method: 'GET',
  path: '/api/drafts/{id}/file',
  tag: 'Drafts',
  summary: "A draft's file as it was uploaded",
  auth: 'user',
  params: draftId,
  responses: { 200: 'application/octet-stream' },
});
