import { describe, expect, it } from 'vitest';
import { createSender, createTemplate, createWorkspace } from '@/tests/support/rows';
import { getTemplate, listTemplates } from './queries';
import { templateSchema } from './schema';

async function twoTenants() {
  const [mine, theirs] = [await createWorkspace(), await createWorkspace()];
  const sender = await createSender(mine.workspaceId, mine.userId);
  const otherSender = await createSender(theirs.workspaceId, theirs.userId);
  const template = await createTemplate(mine.workspaceId, sender.id);
  const foreign = await createTemplate(theirs.workspaceId, otherSender.id);
  return { mine, sender, template, foreign };
}

describe('templates', () => {
  it('are shown with the parameters a recipient fills, in the shape the API promises', async () => {
    const { mine, template } = await twoTenants();
    const shown = await getTemplate(mine.workspaceId, template.id);
    expect(templateSchema.parse(shown)).toEqual(shown);
    expect(shown.parameters).toEqual([
      { key: 'body_param_1', component: 'body', required: true, example: 'Ana' },
    ]);
    expect(shown.unsendable_reason).toBeNull();
  });

  it("of another workspace are not there: same failure as an id that doesn't exist", async () => {
    const { mine, foreign } = await twoTenants();
    await expect(getTemplate(mine.workspaceId, foreign.id)).rejects.toMatchObject({ kind: 'not_found' });
    for (const id of [2_000_000_000, 3_000_000_000, 0.5, -1]) {
      await expect(getTemplate(mine.workspaceId, id)).rejects.toMatchObject({ kind: 'not_found' });
    }
    expect((await listTemplates(mine.workspaceId)).map(({ id }) => id)).not.toContain(foreign.id);
  });

  it('are listed by sender and by status', async () => {
    const { mine, sender, template } = await twoTenants();
    const other = await createSender(mine.workspaceId, mine.userId);
    const paused = await createTemplate(mine.workspaceId, other.id, { status: 'PAUSED' });
    const idsOf = async (filter: { senderId?: string; status?: string }) =>
      (await listTemplates(mine.workspaceId, filter)).map(({ id }) => id);
    expect(await idsOf({})).toEqual([template.id, paused.id]);
    expect(await idsOf({ senderId: sender.id })).toEqual([template.id]);
    expect(await idsOf({ status: 'PAUSED' })).toEqual([paused.id]);
    expect(await idsOf({ senderId: sender.id, status: 'PAUSED' })).toEqual([]);
  });
});
