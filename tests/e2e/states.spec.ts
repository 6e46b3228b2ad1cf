import { expect, test } from '@playwright/test';
import { answerOf, failureOf, signUp } from './support/api';
import { createCampaign, goodPhone, isCompleted, openShop, send, untilCampaign } from './support/campaigns';

type State = 'draft' | 'scheduled' | 'active' | 'paused' | 'completed' | 'stopped';
type Move = 'send' | 'active' | 'paused' | 'stopped' | 'delete' | 'schedule' | 'retry';

// Contract §4: /send starts a draft and resumes a paused one; drafts, completed and stopped ones can be deleted.
const allowed: Record<State, Move[]> = {
  draft: ['send', 'active', 'stopped', 'delete', 'schedule'],
  scheduled: ['active', 'paused', 'stopped', 'schedule'],
  active: ['paused', 'stopped', 'retry'],
  paused: ['send', 'active', 'stopped', 'retry'],
  completed: ['delete', 'retry'],
  stopped: ['delete'],
};
const moves: Move[] = ['send', 'active', 'paused', 'stopped', 'schedule', 'retry', 'delete'];

for (const state of Object.keys(allowed) as State[]) {
  test(`from ${state} only ${allowed[state].join(', ')} is possible; anything else is a 409 and changes nothing`, async ({
    request,
  }) => {
    const account = await signUp(request);
    const { api } = account;
    const shop = await openShop(account);

    const make = async (): Promise<string> => {
      const phones = Array.from({ length: state === 'completed' ? 1 : 500 }, (_, i) => goodPhone(i));
      const id = await createCampaign(account, shop, { phones });
      if (state === 'draft') return id;
      if (state === 'scheduled') {
        const scheduled_at = new Date(Date.now() + 3_600_000).toISOString();
        await answerOf(await api.patch(`/api/campaigns/${id}`, { scheduled_at }), 200);
        return id;
      }
      await send(account, id, { rate_limit: 1 });
      if (state === 'completed') await untilCampaign(account, id, isCompleted);
      if (state === 'paused' || state === 'stopped')
        await answerOf(await api.post(`/api/campaigns/${id}/status`, { status: state }), 200);
      return id;
    };
    const move = (id: string, what: Move) => {
      const path = `/api/campaigns/${id}`;
      if (what === 'send') return api.post(`${path}/send`, { rate_limit: 2 });
      if (what === 'retry') return api.post(`${path}/retry`, { include: ['failed'] });
      if (what === 'delete') return api.delete(path);
      if (what === 'schedule')
        return api.patch(path, { scheduled_at: new Date(Date.now() + 7_200_000).toISOString() });
      return api.post(`${path}/status`, { status: what });
    };

    const id = await make();
    expect((await api.campaign(id)).status).toBe(state);
    for (const what of moves.filter((each) => !allowed[state].includes(each))) {
      const before = await api.campaign(id);
      const error = await failureOf(await move(id, what), 409);
      expect(error.message, what).toContain(state);
      const after = await api.campaign(id);
      expect({ ...after, sent: 0, pending: 0, delivered: 0, read: 0, updated_at: '' }).toEqual({
        ...before,
        sent: 0,
        pending: 0,
        delivered: 0,
        read: 0,
        updated_at: '',
      });
    }
    for (const what of allowed[state]) {
      const fresh = await make();
      const response = await move(fresh, what);
      await answerOf(response, what === 'send' ? 202 : 200);
      if (what === 'delete') await failureOf(await api.get(`/api/campaigns/${fresh}`), 404);
      else
        await answerOf(
          await api.post(`/api/campaigns/${fresh}/status`, { status: 'stopped' }),
          state === 'completed' || what === 'stopped' ? 409 : 200,
        );
    }
    if (!['completed', 'stopped'].includes(state))
      await answerOf(await api.post(`/api/campaigns/${id}/status`, { status: 'stopped' }), 200);
  });
}

test('a status, a speed or a policy that is none is refused by name', async ({ request }) => {
  const account = await signUp(request);
  const { api } = account;
  const shop = await openShop(account);
  const id = await createCampaign(account, shop, { phones: [goodPhone(1)] });
  const path = `/api/campaigns/${id}`;
  for (const status of ['draft', 'scheduled', 'completed', 'ACTIVE', '', null])
    await failureOf(await api.post(`${path}/status`, { status }), 422);
  await failureOf(await api.post(`${path}/status`, {}), 422);
  for (const speed of [
    { worker_count: 0 },
    { worker_count: 101 },
    { rate_limit: 0 },
    { rate_limit: 1001 },
    { rate_limit: 2.5 },
    { rate_limit: '5' },
    { speed: 5 },
  ])
    await failureOf(await api.post(`${path}/send`, speed), 422);
  for (const change of [
    {},
    { unconfirmed_policy: 'always' },
    { status: 'active' },
    { sent: 5 },
    { name: '' },
    { scheduled_at: 'tomorrow' },
    { scheduled_at: '2020-01-01T00:00:00Z' },
    { worker_count: 101 },
  ])
    await failureOf(await api.patch(path, change), 422);
  const patched = await api.patch(path, {
    name: 'New',
    unconfirmed_policy: 'resend',
    worker_count: 100,
    rate_limit: 1000,
  });
  await answerOf(patched, 200);
  expect(await api.campaign(id)).toMatchObject({
    name: 'New',
    status: 'draft',
    unconfirmed_policy: 'resend',
    worker_count: 100,
    rate_limit: 1000,
  });
});

test('a scheduled campaign starts by itself when its time has come', async ({ request }) => {
  const account = await signUp(request);
  const { api } = account;
  const shop = await openShop(account);
  const id = await createCampaign(account, shop, { phones: [goodPhone(1)] });
  const due = new Date(Date.now() + 2_000);
  await answerOf(await api.patch(`/api/campaigns/${id}`, { scheduled_at: due.toISOString() }), 200);
  expect(await api.campaign(id)).toMatchObject({ status: 'scheduled', scheduled_at: due.toISOString() });
  const finished = await untilCampaign(account, id, isCompleted, 15_000);
  const lateMs = Date.parse(String(finished.started_at)) - due.getTime();
  expect(lateMs).toBeGreaterThanOrEqual(0);
  expect(lateMs).toBeLessThan(5_000);
});
