import { getSettingsEndpoint, updateSettingsEndpoint } from '@/lib/api/settings';
import { handle, json } from '@/lib/http/route';
import { updateSettings } from '@/lib/settings/mutations';
import { getSettings } from '@/lib/settings/queries';

export const GET = handle(getSettingsEndpoint, async ({ user, db }) =>
  json(200, await getSettings(user, db)),
);

export const PATCH = handle(updateSettingsEndpoint, async ({ user, body, db }) =>
  json(200, { success: true, settings: await updateSettings(user, body, db) }),
);
