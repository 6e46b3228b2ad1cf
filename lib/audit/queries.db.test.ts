import { describe, expect, it } from 'vitest';
import { createWorkspace } from '@/tests/support/rows';
import { listAuditEvents } from './queries';
import { recordAudit } from './record';

describe('the audit log', () => {
  it('pages newest first without a gap or a repeat, and shows this workspace alone', async () => {
    const [mine, other] = [await createWorkspace(), await createWorkspace()];
    for (const subject of ['One', 'Two', 'Three', 'Four', 'Five']) {
      await recordAudit([{ ...mine, kind: 'api_key_made', subject, detail: { access: 'full' } }]);
      await recordAudit([{ ...other, kind: 'api_key_made', subject: 'Not yours' }]);
    }
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await listAuditEvents({ workspaceId: mine.workspaceId, limit: 2, cursor });
      expect(page.events.length).toBeLessThanOrEqual(2);
      seen.push(...page.events.map(({ subject }) => subject));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual(['Five', 'Four', 'Three', 'Two', 'One']);
  });

  it('says who did it, or that nobody did', async () => {
    const { workspaceId, userId } = await createWorkspace();
    await recordAudit([
      { workspaceId, userId, kind: 'profile_changed', subject: 'Ana' },
      { workspaceId, kind: 'opt_out_added', subject: '+12025550199', detail: { reason: 'STOP' } },
    ]);
    const { events } = await listAuditEvents({ workspaceId, limit: 10 });
    expect(events).toMatchObject([
      { kind: 'opt_out_added', user: null, detail: { reason: 'STOP' } },
      { kind: 'profile_changed', user: { id: userId } },
    ]);
  });

  it.each(['x', 'MA', Buffer.from('1 OR 1=1').toString('base64url')])(
    'takes no cursor it did not give out: %s',
    async (cursor) => {
      const { workspaceId } = await createWorkspace();
      await expect(listAuditEvents({ workspaceId, limit: 10, cursor })).rejects.toMatchObject({
        code: 'invalid_cursor',
      });
    },
  );
});
