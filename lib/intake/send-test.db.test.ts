import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { GET as listRoute } from '@/app/api/campaigns/route';
import { GET as campaignRoute } from '@/app/api/campaigns/[id]/route';
import { GET as recipientsRoute } from '@/app/api/campaigns/[id]/recipients/route';
import { POST as testRoute } from '@/app/api/test-messages/route';
import { database } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import { inWorkspace } from '@/db/tenant';
import { openSession } from '@/lib/auth/sessions';
import { signAccessToken } from '@/lib/auth/tokens';
import { renderMetrics } from '@/lib/operations/gauges';
import { callRoute } from '@/tests/support/request';
import { createSender, createTemplate, createWorkspace } from '@/tests/support/rows';

async function openShop(template: Parameters<typeof createTemplate>[2] = {}) {
  const { workspaceId, userId } = await createWorkspace();
  const sender = await createSender(workspaceId, userId);
  const { id: templateId } = await createTemplate(workspaceId, sender.id, template);
  const token = await signAccessToken({ userId, sessionId: await openSession(userId, 'api') });
  const headers = { authorization: `Bearer ${token}` };
  const send = (recipients: unknown, template_id = templateId) =>
    callRoute(testRoute, { headers, body: { template_id, recipients } });
  return { workspaceId, templateId, headers, send };
}

const ana = { phone_number: '+12025550199', body_param_1: 'Ana' };

async function campaignsOf(workspaceId: string) {
  return database().db.select().from(campaigns).where(eq(campaigns.workspaceId, workspaceId));
}

describe('a test message', () => {
  it('is a started campaign with its own recipients, and in no list', async () => {
    const { headers, send } = await openShop();
    const answer = await send([ana, { ...ana, phone_number: '2025550198', country_code: 'US' }]);
    expect(answer).toMatchObject({ status: 202, body: { success: true } });
    const params = { id: String(answer.body.campaign_id) };
    expect((await callRoute(campaignRoute, { headers, params })).body).toMatchObject({
      name: 'Test of order_update',
      status: 'active',
      total_recipients: 2,
      pending: 2,
    });
    const { recipients } = (await callRoute(recipientsRoute, { headers, params })).body;
    expect(recipients).toMatchObject([
      { to: '+12025550199', params: { body_param_1: 'Ana' } },
      { to: '+12025550198' },
    ]);
    expect((await callRoute(listRoute, { headers })).body).toEqual([]);
    expect((await callRoute(listRoute, { headers, path: '/api/campaigns?search=Test' })).body).toEqual([]);
  });

  it('counts in no metric', async () => {
    const { workspaceId, send } = await openShop();
    // Behind the wall the sums are of this workspace alone, whatever other tests do meanwhile.
    const lines = async () =>
      (await inWorkspace(workspaceId, () => renderMetrics()))
        .split('\n')
        .filter((line) => /^herald_(campaigns|recipients)\{/.test(line));
    const before = await lines();
    expect((await send([ana])).status).toBe(202);
    expect(await lines()).toEqual(before);
  });

  it.each([
    ['recipients', []],
    ['recipients', Array.from({ length: 6 }, (_, i) => ({ ...ana, phone_number: `+1202555019${i}` }))],
    ['recipients[1].phone_number', [ana, { ...ana, phone_number: '12' }]],
    ['recipients[0].body_param_1', [{ phone_number: ana.phone_number }]],
  ])('with wrong %s is a 422 that names it, stores nothing and does not count', async (path, recipients) => {
    const { workspaceId, send } = await openShop();
    for (let i = 0; i < 4; i += 1) {
      const answer = await send(recipients);
      expect(answer.status).toBe(422);
      expect(answer.body.error?.issues.map((issue) => issue.path)).toEqual([path]);
    }
    expect(await campaignsOf(workspaceId)).toEqual([]);
    expect((await send([ana])).status).toBe(202);
  });

  it('of a template that cannot be sent stores nothing', async () => {
    const { workspaceId, send } = await openShop({ status: 'PAUSED' });
    expect((await send([ana])).status).toBe(422);
    expect(await campaignsOf(workspaceId)).toEqual([]);
  });

  it("of another workspace's template answers as one that does not exist", async () => {
    const [mine, theirs] = [await openShop(), await openShop()];
    const answer = await mine.send([ana], theirs.templateId);
    expect(answer.status).toBe(404);
    expect((await mine.send([ana], 2_000_000_000)).body).toEqual(answer.body);
  });

  it('is sent three times a minute for a user at most, also all at once', async () => {
    const [mine, other] = [await openShop(), await openShop()];
    const answers = await Promise.all(Array.from({ length: 6 }, () => mine.send([ana])));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 202, 429, 429, 429]);
    const refused = answers.find(({ status }) => status === 429);
    const retryAfter = Number(refused?.headers.get('retry-after'));
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter).toBeLessThanOrEqual(60);
    expect(await campaignsOf(mine.workspaceId)).toHaveLength(3);
    expect((await other.send([ana])).status).toBe(202);
  });

  it('takes no field it does not know', async () => {
    const { headers, templateId } = await openShop();
    const body = { template_id: templateId, recipients: [ana], user_id: randomUUID() };
    expect((await callRoute(testRoute, { headers, body })).status).toBe(422);
  });
});
