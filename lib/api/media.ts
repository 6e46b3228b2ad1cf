import { z } from 'zod';
import { mediaSchema } from '@/lib/media/schema';
import { endpoint } from './endpoint';

const tag = 'Media';
const params = z.strictObject({ id: z.uuid() });
const success = z.literal(true);

export const uploadMediaEndpoint = endpoint({
  method: 'POST',
  path: '/api/media',
  tag,
  summary: 'Upload a picture, video or document for headers',
  description:
    'JPEG or PNG up to 5 MB, MP4 or 3GPP up to 16 MB, PDF up to 100 MB: what the file is, its first bytes say. A recipient’s or a mapping’s `header_media_url` then names it by its `reference`. WhatsApp gets it once a sender, before the first message, and again when it has forgotten it.',
  auth: 'user',
  multipart: z.strictObject({ file: z.string().meta({ format: 'binary' }) }),
  responses: { 201: z.object({ success, media: mediaSchema }) },
});

export const listMediaEndpoint = endpoint({
  method: 'GET',
  path: '/api/media',
  tag,
  summary: 'Uploaded files, newest first',
  description: 'The newest hundred.',
  auth: 'user',
  responses: { 200: z.array(mediaSchema) },
});

export const getMediaEndpoint = endpoint({
  method: 'GET',
  path: '/api/media/{id}',
  tag,
  summary: 'One uploaded file',
  auth: 'user',
  params,
  responses: { 200: mediaSchema },
});

export const getMediaContentEndpoint = endpoint({
  method: 'GET',
  path: '/api/media/{id}/content',
  tag,
  summary: 'An uploaded file as it is',
  auth: 'user',
  params,
  responses: { 200: 'application/octet-stream' },
});

export const deleteMediaEndpoint = endpoint({
  method: 'DELETE',
  path: '/api/media/{id}',
  tag,
  summary: 'Delete an uploaded file',
  description: 'Answers 409 `media_in_use` while a campaign that is not over names it.',
  auth: 'user',
  params,
  responses: { 200: z.object({ success }) },
});
