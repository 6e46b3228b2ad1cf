import { sql } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { database } from '@/db/client';
import { createCampaign, createSender, createTemplate, createWorkspace } from '@/tests/support/rows';
import { readChecklist } from './queries';

afterAll(() => database().close());

const NOTHING = { sender: false, templates: false, test: false, campaign: false };
const started = { startedAt: sql`now()` as unknown as Date };

test('each step is done when it has really happened, and open again when it is undone', async () => {
  const { workspaceId, userId } = await createWorkspace();
  expect(await readChecklist(workspaceId)).toEqual(NOTHING);
  const sender = await createSender(workspaceId, userId);
  expect(await readChecklist(workspaceId)).toEqual({ ...NOTHING, sender: true });
  await createTemplate(workspaceId, sender.id, { status: 'DELETED' });
  expect(await readChecklist(workspaceId)).toEqual({ ...NOTHING, sender: true });

  const of = { senderId: sender.id };
  await createCampaign(workspaceId, userId, of);
  expect(await readChecklist(workspaceId)).toEqual({ ...NOTHING, sender: true, templates: true });
  await createCampaign(workspaceId, userId, { ...of, values: { ...started, isTest: true } });
  expect(await readChecklist(workspaceId)).toMatchObject({ test: true, campaign: false });
  await createCampaign(workspaceId, userId, { ...of, values: started });
  expect(await readChecklist(workspaceId)).toMatchObject({ test: true, campaign: true });
});

test('what another workspace has done ticks nothing off', async () => {
  const other = await createWorkspace();
  await createCampaign(other.workspaceId, other.userId, { values: started });
  const { workspaceId } = await createWorkspace();
  expect(await readChecklist(workspaceId)).toEqual(NOTHING);
});
