import { beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { endpoint } from '@/lib/api/endpoint';
import { callRoute } from '@/tests/support/request';
import { BodyRoom, bodyRoom } from './body-room';
import { handle, json } from './route';

const KB = 1024;

// Nobody listens there.
beforeAll(() => {
  process.env.DATABASE_URL = 'postgres://nobody@127.0.0.1:1/none';
});

it('a body that does not fit is refused before it is sent, a small one never', () => {
  const room = new BodyRoom(300 * KB);
  const [first, second] = [room.open(), room.open()];
  first.expect(300 * KB);
  first.take(300 * KB);
  expect(() => second.expect(65 * KB)).toThrow('Other large requests');
  second.expect(64 * KB);
  second.take(64 * KB);
  first.giveBack();
  second.expect(300 * KB);
});

it('one that said nothing of its size is refused when it grows too large, and all room comes back', () => {
  const room = new BodyRoom(200 * KB);
  const [first, second] = [room.open(), room.open()];
  first.take(150 * KB);
  second.take(60 * KB);
  second.take(100 * KB);
  expect(() => second.take(60 * KB)).toThrow('Other large requests');
  second.giveBack();
  first.giveBack();
  first.giveBack();
  expect(room.free).toBe(200 * KB);
});

const release: (() => void)[] = [];
const take = handle(
  endpoint({
    method: 'POST',
    path: '/api/things',
    tag: 'Operations',
    summary: 'For the test',
    auth: 'none',
    body: z.strictObject({ text: z.string() }),
    maxBodyBytes: 64 * KB * KB,
    responses: { 200: z.any() },
  }),
  async () => {
    await new Promise<void>((resolve) => release.push(resolve));
    return json(200, {});
  },
);

it('a route takes room while it works, refuses what has none, and gives it back whatever the end', async () => {
  const all = bodyRoom.free;
  const list = { text: 'x'.repeat(KB * KB) };
  const first = callRoute(take, { path: '/api/things', body: list });
  while (release.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(bodyRoom.free).toBeLessThan(all - 900 * KB);
  const others = bodyRoom.open();
  others.take(bodyRoom.free + 64 * KB);
  const refused = await callRoute(take, { path: '/api/things', body: list });
  expect(refused).toMatchObject({ status: 503, body: { success: false, error: { code: 'too_busy' } } });
  expect(Number(refused.headers.get('retry-after'))).toBe(5);
  const small = callRoute(take, { path: '/api/things', body: { text: 'a command' } });
  while (release.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  for (const done of release) done();
  expect([(await first).status, (await small).status]).toEqual([200, 200]);
  others.giveBack();
  expect(bodyRoom.free).toBe(all);
  const broken = await callRoute(take, { path: '/api/things', body: { ...list, unknown: 1 } });
  expect(broken.status).toBe(422);
  expect(bodyRoom.free).toBe(all);
});
