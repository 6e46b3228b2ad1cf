import { and, eq } from 'drizzle-orm';
import { afterAll, expect, it } from 'vitest';
import { database } from '@/db/client';
import { auditEvents } from '@/db/schema/accounts';
import { createWorkspace } from '@/tests/support/rows';
import { getWorkspaceSettings, updateWorkspaceSettings } from './workspace';

afterAll(() => database().close());

it('the bound of late starts is an hour until it is changed, for that account alone, and who did it is kept', async () => {
  const [own, other] = [await createWorkspace(), await createWorkspace()];
  expect(await getWorkspaceSettings(own.workspaceId)).toEqual({ late_after_minutes: 60 });
  await updateWorkspaceSettings(own, { late_after_minutes: 5 });
  expect(await getWorkspaceSettings(own.workspaceId)).toEqual({ late_after_minutes: 5 });
  expect(await getWorkspaceSettings(other.workspaceId)).toEqual({ late_after_minutes: 60 });
  const events = await database()
    .db.select()
    .from(auditEvents)
    .where(and(eq(auditEvents.workspaceId, own.workspaceId), eq(auditEvents.userId, own.userId)));
  expect(events).toMatchObject([{ kind: 'late_starts_changed', detail: { late_after_minutes: 5 } }]);
});
