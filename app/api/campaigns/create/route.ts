import { createCampaignEndpoint } from '@/lib/api/recipients';
import { getEnv } from '@/lib/env';
import { idempotencyKeyOf } from '@/lib/http/idempotency';
import { answerOnce } from '@/lib/http/once';
import { handle, json } from '@/lib/http/route';
import { createCampaignFromCsv } from '@/lib/intake/create-from-csv';
import { createCampaignFromJson } from '@/lib/intake/create-from-json';
import { withUpload } from '@/lib/intake/upload';

export const POST = handle(createCampaignEndpoint, async ({ user, body, db, request }) => {
  if (body) return json(201, await createCampaignFromJson(user, body, db));

  const { workspaceId } = user;
  const scope = { workspaceId, endpoint: createCampaignEndpoint.path, key: idempotencyKeyOf(request) };
  const source = {
    contentType: request.headers.get('content-type') ?? '',
    contentLength: Number(request.headers.get('content-length') ?? 0),
    body: request.body,
    maxBytes: getEnv().maxUploadBytes,
  };
  return withUpload(source, (upload) =>
    answerOnce(scope, upload.hash, async (tx) => json(201, await createCampaignFromCsv(user, upload, tx))),
  );
});
