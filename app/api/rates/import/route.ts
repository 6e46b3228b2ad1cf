import { importRatesEndpoint } from '@/lib/api/costs';
import { handle, json } from '@/lib/http/route';
import { importRatesFile } from '@/lib/intake/import-rates';
import { withUpload } from '@/lib/intake/upload';

/** Ten thousand rates take less than one. */
const MAX_BYTES = 4 * 1024 * 1024;

export const POST = handle(importRatesEndpoint, async ({ user, db, request }) => {
  const source = {
    contentType: request.headers.get('content-type') ?? '',
    contentLength: Number(request.headers.get('content-length') ?? 0),
    body: request.body,
    maxBytes: MAX_BYTES,
  };
  return withUpload(source, async (upload) => json(200, await importRatesFile(user, upload, db)));
});
