import { getTemplateEndpoint } from '@/lib/api/templates';
import { handle, json } from '@/lib/http/route';
import { getTemplate } from '@/lib/templates/queries';

export const GET = handle(getTemplateEndpoint, async ({ user, params, db }) =>
  json(200, await getTemplate(user.workspaceId, params.id, db)),
);
