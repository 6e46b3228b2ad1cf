import { buildOpenApi } from '@/lib/api/openapi';
import { openApiEndpoint } from '@/lib/api/operations';
import { getEnv } from '@/lib/env';
import { handle, json } from '@/lib/http/route';
import { version } from '@/lib/operations/version';

export const GET = handle(openApiEndpoint, async () =>
  json(200, buildOpenApi({ baseUrl: getEnv().publicUrl, version })),
);
