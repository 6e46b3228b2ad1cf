import { getWorkspaceEndpoint, updateWorkspaceEndpoint } from '@/lib/api/settings';
import { handle, json } from '@/lib/http/route';
import { getWorkspaceSettings, updateWorkspaceSettings } from '@/lib/settings/workspace';

export const GET = handle(getWorkspaceEndpoint, async ({ user, db }) =>
  json(200, await getWorkspaceSettings(user.workspaceId, db)),
);

export const PATCH = handle(updateWorkspaceEndpoint, async ({ user, body, db }) =>
  json(200, { success: true, settings: await updateWorkspaceSettings(user, body, db) }),
);
