import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startHarness, type Harness } from './testing/harness';
import { objections } from './testing/meta-schema';
import { independentSignature } from './testing/receiver';

let h: Harness;
beforeEach(async () => {
  h = await startHarness();
});
afterEach(() => h.close());

async function sendMany(count: number): Promise<void> {
  await h.admin('PATCH', `numbers/${h.number.phone_number_id}`, { messages_per_second: 10_000 });
  await Promise.all(Array.from({ length: count }, (_, i) => h.send(`+1202555${3000 + i}`)));
}

const wait = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 8000 });

describe('a webhook', () => {
  test('is signed over its very bytes with the secret of the number', async () => {
    await h.send('+14155550201');
    await wait(() => expect(h.receiver.statuses()).toHaveLength(3));
    for (const post of h.receiver.posts) {
      expect(post.signature).toBe(independentSignature(post.raw, h.number.app_secret));
      expect(/^[\x20-\x7e]*$/.test(post.raw.toString('latin1'))).toBe(true);
    }
    const raw = h.receiver.posts.map((post) => post.raw.toString()).join('');
    expect(raw).toMatch(/\\u[0-9a-f]{4}|\\\//);
  });

  test('parsing and serialising again changes the digest: only the raw bytes verify', async () => {
    await h.admin('POST', 'inbound', {
      phone_number_id: h.number.phone_number_id,
      from: '14155550199',
      text: 'olé/🎉',
    });
    const [post] = h.receiver.posts;
    const again = Buffer.from(JSON.stringify(JSON.parse(post?.raw.toString() ?? '')));
    expect(independentSignature(again, h.number.app_secret)).not.toBe(post?.signature);
  });

  test("has Meta's envelope, and each status what Meta's has", async () => {
    await h.send('+14155550202');
    await h.send('+14155550001');
    await wait(() => expect(h.receiver.statuses()).toHaveLength(4));
    for (const change of h.receiver.changes()) {
      expect(change.field).toBe('messages');
      expect(objections('StatusMessageValue', change.value)).toEqual([]);
      expect(change.value.metadata).toMatchObject({ phone_number_id: h.number.phone_number_id });
      const failed = change.value.statuses?.some((status) => status.status === 'failed');
      expect(change.value.contacts === undefined).toBe(failed);
    }
    const byKind = new Map(h.receiver.statuses().map((status) => [status.status, status]));
    expect(byKind.get('sent')).toMatchObject({
      recipient_id: '14155550202',
      biz_opaque_callback_data: 'data-+14155550202',
      timestamp: expect.stringMatching(/^\d{10}$/) as string,
      pricing: { billable: true, pricing_model: 'PMP', type: 'regular', category: 'marketing' },
    });
    expect(byKind.get('delivered')?.pricing).toBeDefined();
    expect(byKind.get('read')?.pricing).toBeUndefined();
    expect(byKind.get('failed')).toMatchObject({
      biz_opaque_callback_data: 'data-+14155550001',
      errors: [
        {
          code: 131026,
          title: 'Message undeliverable',
          error_data: { details: expect.any(String) as string },
        },
      ],
    });
  });

  test('failed statuses go without callback data when told to', async () => {
    await h.admin('POST', 'settings', { echo_callback_on_failed: false });
    await h.send('+14155550001');
    await wait(() => expect(h.receiver.statuses()).toHaveLength(1));
    expect(h.receiver.statuses()[0]).not.toHaveProperty('biz_opaque_callback_data');
  });

  test('an inbound message is as Meta writes it', async () => {
    await h.send('+14155550013');
    await wait(() => expect(h.receiver.changes().some((change) => change.value.messages)).toBe(true));
    const change = h.receiver.changes().find((c) => c.value.messages);
    const [message] = change?.value.messages ?? [];
    expect(objections('TextMessage_2', message)).toEqual([]);
    expect(objections('TextMessage_2', { ...message, from: undefined })).not.toEqual([]);
    expect(objections('ContactProfile', change?.value.contacts?.[0])).toEqual([]);
  });
});

describe('delivery', () => {
  test('a webhook not answered with 200 comes again, byte for byte, until it is', async () => {
    h.receiver.answers.push(503, 500, 201);
    await h.admin('POST', 'settings', { read_share: 0, statuses: true, webhook_batch: 1000 });
    await h.send('+14155550203');
    await wait(() =>
      expect(new Set(h.receiver.statuses().map((s) => s.status))).toEqual(new Set(['sent', 'delivered'])),
    );
    await wait(async () => {
      const { body } = await h.admin('GET', `numbers/${h.number.phone_number_id}`);
      expect(body.statuses).toEqual({ planned: 2, answered: 2, given_up: 0, pending: 0 });
    });
    const bodies = h.receiver.posts.map((post) => post.raw.toString());
    expect(bodies.length).toBe(new Set(bodies).size + 3);
  });

  test('a receiver that is away for a while misses nothing', async () => {
    await h.receiver.close();
    await sendMany(30);
    const outage = async (): Promise<number> =>
      Number((await h.admin('GET', `numbers/${h.number.phone_number_id}`)).body.webhooks?.failed_posts);
    await wait(async () => expect(await outage()).toBeGreaterThan(2));
    const { startReceiver } = await import('./testing/receiver');
    const back = await startReceiver();
    await h.admin('PATCH', `numbers/${h.number.phone_number_id}`, { callback_url: back.url });
    await wait(() => expect(new Set(back.statuses().map((s) => `${s.id} ${s.status}`)).size).toBe(90));
    for (const post of back.posts)
      expect(post.signature).toBe(independentSignature(post.raw, h.number.app_secret));
    await back.close();
  });

  test('after its time it is given up and counted', async () => {
    await h.admin('POST', 'settings', { webhook_retry_ms: 1 });
    h.receiver.answers.push(...Array.from({ length: 20 }, () => 500));
    await h.send('+14155550003');
    await wait(async () => {
      const { body } = await h.admin('GET', `numbers/${h.number.phone_number_id}`);
      expect(body.statuses).toMatchObject({ given_up: 2, pending: 0 });
    });
  });

  test('statuses are gathered: many in a POST, never more than allowed', async () => {
    await h.admin('POST', 'settings', { webhook_batch: 50, webhook_window_ms: 50, delay_scale: 0 });
    await sendMany(300);
    await wait(() => expect(h.receiver.statuses()).toHaveLength(900));
    const sizes = h.receiver.posts.map((post) => post.raw.toString().match(/"timestamp"/g)?.length ?? 0);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(50);
    expect(Math.max(...sizes)).toBeGreaterThan(5);
    expect(h.receiver.posts.length).toBeLessThan(300);
  });

  test('with a batch of one each status travels alone', async () => {
    await h.admin('POST', 'settings', { webhook_batch: 1 });
    await sendMany(5);
    await wait(() => expect(h.receiver.posts).toHaveLength(15));
  });

  test('duplicates come when asked for, statuses switched off never', async () => {
    await h.admin('POST', 'settings', { duplicate_share: 1 });
    await h.send('+14155550204');
    await wait(() => expect(h.receiver.statuses()).toHaveLength(6));
    await h.admin('POST', 'settings', { statuses: 'off' });
    await h.send('+14155550205');
    const { body } = await h.admin('GET', `ledger?summary=1&phone_number_id=${h.number.phone_number_id}`);
    expect(body).toMatchObject({ accepted: 2, statuses: { planned: 6 } });
  });
});

describe('the handshake', () => {
  test('is asked of a new callback URL, and how it went can be read', async () => {
    await wait(async () => {
      const { body } = await h.admin('GET', `numbers/${h.number.phone_number_id}`);
      expect(body.handshake).toMatchObject({ ok: true, reason: null });
    });
    const [asked] = h.receiver.handshakes;
    expect(asked?.get('hub.mode')).toBe('subscribe');
    expect(asked?.get('hub.challenge')).toMatch(/^\d+$/);
    expect(asked?.get('hub.verify_token')).toBe(h.receiver.verifyToken);
  });

  test('a wrong token is recorded as refused, and asked again until it is known', async () => {
    const number = await h.addNumber({ verify_token: 'not-yet' });
    const handshake = async (): Promise<unknown> =>
      (await h.admin('GET', `numbers/${number.phone_number_id}`)).body.handshake;
    await wait(async () => expect(await handshake()).toMatchObject({ ok: false, reason: 'answered 403' }));
    h.receiver.verifyToken = 'not-yet';
    await wait(async () => expect(await handshake()).toMatchObject({ ok: true }));
  });
});
