import { listMediaEndpoint, uploadMediaEndpoint } from '@/lib/api/media';
import { AppError } from '@/lib/errors';
import { handle, json } from '@/lib/http/route';
import { withUpload } from '@/lib/intake/upload';
import { listMedia } from '@/lib/media/queries';
import { LARGEST_MEDIA_BYTES } from '@/lib/media/schema';
import { storeMedia } from '@/lib/media/store';

const tooLarge = () =>
  new AppError('too_large', 'upload_too_large', 'The file is larger than the 100 MB WhatsApp takes at most.');

export const POST = handle(uploadMediaEndpoint, async ({ user, request, db }) => {
  const source = {
    contentType: request.headers.get('content-type') ?? '',
    contentLength: Number(request.headers.get('content-length') ?? 0),
    body: request.body,
    maxBytes: LARGEST_MEDIA_BYTES,
    tooLarge,
  };
  return withUpload(source, async ({ file, fileBytes: bytes, fileName: name }) =>
    json(201, { success: true, media: await storeMedia(user, { name, bytes, file }, db) }),
  );
});

export const GET = handle(listMediaEndpoint, async ({ user, db }) =>
  json(200, await listMedia(user.workspaceId, db)),
);
