import { get } from 'node:http';
import { expect, test } from '@playwright/test';
import { answerOf, checkCampaign, failureOf, signUp, type Account } from './support/api';
import { createCampaign, goodPhone, isCompleted, openShop, send, untilCampaign } from './support/campaigns';
import type { Campaign } from './support/shapes';

interface Stream {
  events: { at: number; campaign: Campaign }[];
  headers: Record<string, unknown>;
  ended: Promise<void>;
  close: () => void;
}

/** Follows a campaign as EventSource does; every event must be a whole campaign whose books balance. */
async function follow(baseUrl: string, { api }: Account, id: string): Promise<Stream> {
  const events: Stream['events'] = [];
  return new Promise((resolve, reject) => {
    const headers = { Authorization: `Bearer ${api.token}`, Accept: 'text/event-stream' };
    const request = get(`${baseUrl}/api/campaigns/${id}/events`, { headers }, (response) => {
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        const blocks = (rest + text).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const lines = block.split('\n');
          const data = lines.find((line) => line.startsWith('data: '))?.slice(6);
          if (data === undefined) continue;
          expect(lines).toContain('event: campaign');
          events.push({ at: Date.now(), campaign: checkCampaign(JSON.parse(data)) });
        }
      });
      const ended = new Promise<void>((end) => response.once('close', () => end()));
      resolve({ events, headers: response.headers, ended, close: () => request.destroy() });
    });
    request.on('error', reject);
  });
}

test('the stream tells every change at once, at most four times a second, whole and balanced', async ({
  request,
  baseURL,
}) => {
  const account = await signUp(request);
  const { api } = account;
  const shop = await openShop(account);
  const phones = Array.from({ length: 150 }, (_, i) => goodPhone(i));
  const id = await createCampaign(account, shop, { phones });
  const stream = await follow(baseURL ?? '', account, id);
  expect(stream.headers).toMatchObject({
    'content-type': expect.stringMatching(/^text\/event-stream/),
    'cache-control': expect.stringContaining('no-transform'),
    'x-content-type-options': 'nosniff',
  });
  await expect.poll(() => stream.events[0]?.campaign.status, { timeout: 1_000 }).toBe('draft');

  await send(account, id, { rate_limit: 50 });
  await untilCampaign(account, id, isCompleted);
  await expect.poll(() => stream.events.at(-1)?.campaign.status).toBe('completed');
  await answerOf(await api.patch(`/api/campaigns/${id}`, { name: 'Renamed' }), 200);
  const renamedAt = Date.now();
  await expect.poll(() => stream.events.at(-1)?.campaign.name).toBe('Renamed');
  expect(Number(stream.events.at(-1)?.at) - renamedAt).toBeLessThan(1_500);

  const { events } = stream;
  expect(events.length).toBeGreaterThan(6);
  // Four a second, and a hair for the clock at this end.
  for (const [i, { at }] of events.entries()) {
    const fifth = events[i + 4];
    if (fifth) expect(fifth.at - at, `event ${i}`).toBeGreaterThan(900);
  }
  const sent = events.map(({ campaign }) => campaign.sent);
  expect(sent).toEqual([...sent].sort((a, b) => a - b));
  stream.close();
});

test('without a change there is an event within 15 seconds, and signing out ends the stream', async ({
  request,
  baseURL,
}) => {
  const account = await signUp(request);
  const shop = await openShop(account);
  const id = await createCampaign(account, shop, { phones: [goodPhone(1)] });
  const quiet = await follow(baseURL ?? '', account, id);
  await expect.poll(() => quiet.events.length, { timeout: 16_000 }).toBeGreaterThanOrEqual(2);
  const [first, second] = quiet.events;
  expect(Number(second?.at) - Number(first?.at)).toBeLessThan(15_000);
  await answerOf(
    await request.post('/api/auth/logout', { data: { refresh_token: account.refreshToken } }),
    200,
  );
  await quiet.ended;
});

test('the stream of a campaign that is deleted ends; one that is not there is a 404', async ({
  request,
  baseURL,
}) => {
  const account = await signUp(request);
  const { api } = account;
  const shop = await openShop(account);
  const id = await createCampaign(account, shop, { phones: [goodPhone(1)] });
  const stream = await follow(baseURL ?? '', account, id);
  await expect.poll(() => stream.events.length).toBeGreaterThan(0);
  await answerOf(await api.delete(`/api/campaigns/${id}`), 200);
  await stream.ended;
  await failureOf(await api.get(`/api/campaigns/${id}/events`), 404);
});
