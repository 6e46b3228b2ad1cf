import { importOptOutsEndpoint } from '@/lib/api/contacts';
import { getEnv } from '@/lib/env';
import { handle, json } from '@/lib/http/route';
import { importOptOuts } from '@/lib/intake/import-opt-outs';
import { withUpload } from '@/lib/intake/upload';

export const POST = handle(importOptOutsEndpoint, async ({ user, db, request }) => {
  const source = {
    contentType: request.headers.get('content-type') ?? '',
    contentLength: Number(request.headers.get('content-length') ?? 0),
    body: request.body,
    maxBytes: getEnv().maxUploadBytes,
  };
  return withUpload(source, async (upload) => json(200, await importOptOuts(user, upload, db)));
});
