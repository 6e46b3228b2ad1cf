import { exportContactEndpoint } from '@/lib/api/contacts';
import { exportContact } from '@/lib/contacts/export';
import { handle, json } from '@/lib/http/route';

export const GET = handle(exportContactEndpoint, async ({ user, params, db }) => {
  const contents = await exportContact({ workspaceId: user.workspaceId, phone: params.phone }, db);
  const filename = `contact-${params.phone.slice(1)}.json`;
  return json(200, contents, { 'Content-Disposition': `attachment; filename="${filename}"` });
});
