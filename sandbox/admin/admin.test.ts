import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request as plainRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startSandbox } from '../server';
import { startHarness, type Answer, type Harness } from '../testing/harness';
import { independentSignature } from '../testing/receiver';

let h: Harness;
beforeAll(async () => {
  h = await startHarness();
});
afterAll(() => h.close());

describe('numbers', () => {
  test('a new number comes with everything its sender needs; no later answer shows token or secret', async () => {
    const number = await h.addNumber({ name: 'Shop' });
    expect(number).toEqual({
      phone_number_id: expect.stringMatching(/^\d{15}$/) as string,
      waba_id: expect.stringMatching(/^\d{15}$/) as string,
      access_token: expect.stringMatching(/^EAA\w{100,}$/) as string,
      app_secret: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      display_phone_number: expect.stringMatching(/^\+1 555-\d{3}-\d{4}$/) as string,
      verified_name: 'Shop',
    });
    const shown =
      (await h.admin('GET', 'numbers')).text +
      (await h.admin('GET', `numbers/${number.phone_number_id}`)).text;
    expect(shown).toContain(number.phone_number_id);
    expect(shown).not.toContain(number.access_token);
    expect(shown).not.toContain(number.app_secret);
  });

  test("a secret of one's own is kept, and two numbers can share an account", async () => {
    const first = await h.addNumber({ app_secret: 'mine' });
    const second = await h.addNumber({ waba_id: first.waba_id });
    expect(first.app_secret).toBe('mine');
    expect(second.waba_id).toBe(first.waba_id);
    expect(second.phone_number_id).not.toBe(first.phone_number_id);
  });

  test.each([
    [{ verify_token: 'x' }, 'callback_url'],
    [{ callback_url: 'file:///etc/passwd', verify_token: 'x' }, 'callback_url'],
    [{ callback_url: 'http://127.0.0.1:1/', verify_token: 'x', colour: 'red' }, 'colour'],
  ])('%j is refused by name', async (body, field) => {
    const answer = await h.admin('POST', 'numbers', body);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(field);
  });

  test('an unknown number is 404', async () => {
    expect((await h.admin('PATCH', 'numbers/1', {})).status).toBe(404);
    expect((await h.admin('POST', 'faults', { phone_number_id: '1', rules: [] })).status).toBe(404);
  });
});

test('numbers, templates and what became of them survive a restart; the file is private and whole', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-test-'));
  const before = await startHarness({ dataDir });
  await before.admin('POST', 'templates', {
    waba_id: before.number.waba_id,
    name: 'black_friday',
    status: 'PAUSED',
  });
  await before.admin('PATCH', `numbers/${before.number.phone_number_id}`, { messages_per_second: 300 });
  await before.close();
  const file = join(dataDir, 'sandbox.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(dataDir)).toEqual(['sandbox.json']);
  expect(readFileSync(file, 'utf8')).toContain(before.number.access_token);
  const after = await startHarness({ dataDir });
  const answer = await after.call(
    'GET',
    `/v25.0/${before.number.waba_id}/message_templates?name=black_friday`,
    {
      token: before.number.access_token,
    },
  );
  expect(answer.body.data).toMatchObject([{ status: 'PAUSED' }]);
  const shown = await after.admin('GET', `numbers/${before.number.phone_number_id}`);
  expect(shown.body.messages_per_second).toBe(300);
  await after.close();
  writeFileSync(file, '{"half');
  await expect(startSandbox({ port: 0, dataDir })).rejects.toThrow(/cannot be read/);
  rmSync(dataDir, { recursive: true });
});

describe('faults', () => {
  const arm = (rule: object): Promise<Answer> =>
    h.admin('POST', 'faults', { phone_number_id: h.number.phone_number_id, rules: [rule] });
  const takenOf = async (to: string): Promise<unknown> => {
    const { body } = await h.admin('GET', `ledger?to=${encodeURIComponent(to)}`);
    return (body.entries as unknown as { taken: boolean; answer: string }[]).map(
      (e) => `${e.taken} ${e.answer}`,
    );
  };
  let line = 5000;
  const fresh = (): string => `+1303555${++line}`;

  test.each([
    [{ action: 'error', code: 131048 }, 400, 'false answered'],
    [{ action: 'error', code: 131031, http_status: 418 }, 418, 'false answered'],
    [{ action: 'throttle' }, 400, 'false answered'],
    [{ action: '500_before' }, 500, 'false plain_500'],
    [{ action: '500_after' }, 500, 'true plain_500'],
    [{ action: 'html_502' }, 502, 'false html_502'],
    [{ action: 'slow', delay_ms: 30 }, 200, 'true answered'],
  ])('%j', async (rule, status, truth) => {
    await arm(rule);
    const to = fresh();
    expect((await h.send(to)).status).toBe(status);
    expect(await takenOf(to)).toEqual([truth]);
  });

  test.each([
    ['drop_before_accept', 'false destroy'],
    ['drop_after_accept', 'true destroy'],
    ['reset', 'false reset'],
    ['truncate', 'true truncate'],
  ])('%s breaks the connection', async (action, truth) => {
    await arm({ action });
    const to = fresh();
    await expect(h.send(to)).rejects.toThrow();
    expect(await takenOf(to)).toEqual([truth]);
  });

  test('stall takes the message and never answers', async () => {
    await arm({ action: 'stall' });
    const to = fresh();
    const request = h.send(to).catch(() => 'closed');
    await vi.waitFor(async () => expect(await takenOf(to)).toEqual(['true stall']));
    expect(await Promise.race([request, Promise.resolve('still waiting')])).toBe('still waiting');
  });

  test('are gone when deleted', async () => {
    await arm({ action: '500_before' });
    await h.admin('DELETE', `faults?phone_number_id=${h.number.phone_number_id}`);
    expect((await h.send(fresh())).status).toBe(200);
    expect((await h.admin('GET', 'faults')).body.rules).toEqual([]);
    expect((await h.admin('POST', 'faults', { rules: [] })).status).toBe(400);
  });
});

describe('ledger', () => {
  test('tells what arrived, when, and how much at once; clearing it starts afresh', async () => {
    const number = await h.addNumber({ messages_per_second: 1000 });
    const path = `/v25.0/${number.phone_number_id}/messages`;
    const { message } = await import('../testing/message');
    const post = (to: string): Promise<Answer> =>
      h.call('POST', path, { token: number.access_token, body: message(to) });
    await h.admin('POST', 'settings', { phone_number_id: number.phone_number_id, latency_ms: [40, 60] });
    const began = Date.now();
    await Promise.all(['+14155556001', '+14155556002', '+14155556002', '+14155550002'].map(post));
    const query = `ledger?phone_number_id=${number.phone_number_id}`;
    const summary = await h.admin('GET', `${query}&summary=1`);
    expect(summary.body).toMatchObject({
      posts: 4,
      accepted: 3,
      refused: { 131026: 1 },
      duplicates: [{ to: '14155556002', accepted: 2 }],
      duplicate_recipients: 1,
      duplicate_callback_data: 1,
      busiest_second: { count: 4 },
      overflow: 0,
    });
    expect(Number(summary.body.max_in_flight)).toBeGreaterThanOrEqual(3);
    const first = await h.admin('GET', `${query}&limit=3`);
    expect(first.body.entries).toHaveLength(3);
    const rest = await h.admin('GET', `${query}&after=${JSON.stringify(first.body.next)}`);
    expect(rest.body).toMatchObject({ entries: [{}], next: null });
    const [entry] = first.body.entries as unknown as {
      at: number;
      biz_opaque_callback_data: string;
      wamid: string;
    }[];
    expect(entry?.at).toBeGreaterThanOrEqual(began - 1);
    expect(entry?.biz_opaque_callback_data).toMatch(/^data-\+1/);
    await h.admin('DELETE', query);
    expect((await h.admin('GET', `${query}&summary=1`)).body).toMatchObject({
      posts: 0,
      statuses: { planned: 0 },
    });
  });
});

describe('webhooks and templates', () => {
  test('any account webhook is posted signed, and its answer told', async () => {
    const value = { event: 'ACCOUNT_RESTRICTION', restriction_info: [] };
    const sent = await h.admin('POST', 'webhooks', {
      waba_id: h.number.waba_id,
      field: 'account_update',
      value,
    });
    expect(sent.body).toMatchObject({ delivered: true, status: 200 });
    const post = h.receiver.posts.findLast((p) => p.raw.includes('account_update'));
    expect(post?.signature).toBe(independentSignature(post?.raw ?? Buffer.of(), h.number.app_secret));
    expect(JSON.parse(post?.raw.toString() ?? '')).toEqual({
      object: 'whatsapp_business_account',
      entry: [{ id: h.number.waba_id, changes: [{ value, field: 'account_update' }] }],
    });
  });

  test('a body can be sent as it stands, with a wrong signature or none', async () => {
    const send = (more: object): Promise<Answer> =>
      h.admin('POST', 'webhooks', {
        phone_number_id: h.number.phone_number_id,
        payload: '{"object":"é"}',
        ...more,
      });
    // Statuses of what was sent before may still come in beside it.
    const received = () => h.receiver.posts.filter(({ raw }) => raw.toString() === '{"object":"é"}');
    await send({ signature: 'invalid' });
    const [wrong] = received();
    expect(wrong?.raw.toString()).toBe('{"object":"é"}');
    expect(wrong?.signature).toMatch(/^sha256=/);
    expect(wrong?.signature).not.toBe(independentSignature(wrong?.raw ?? Buffer.of(), h.number.app_secret));
    await send({ signature: 'missing' });
    expect(received()[1]?.signature).toBe('');
    h.receiver.posts.splice(0);
  });

  test('a template that is paused refuses sends, and Meta says so by webhook', async () => {
    await h.admin('POST', 'templates', {
      phone_number_id: h.number.phone_number_id,
      name: 'coupon_drop',
      status: 'PAUSED',
      quality: 'RED',
    });
    const answer = await h.send('+14155557001', {
      template: { name: 'coupon_drop', language: { code: 'en_US' } },
    });
    expect(answer.body.error?.code).toBe(132015);
    await vi.waitFor(() => {
      const fields = h.receiver.changes().map((change) => change.field);
      expect(fields).toContain('message_template_status_update');
      expect(fields).toContain('message_template_quality_update');
    });
    const update = h.receiver.changes().find((change) => change.field === 'message_template_status_update');
    expect(update?.value).toMatchObject({
      event: 'PAUSED',
      message_template_id: expect.any(Number) as number,
      message_template_name: 'coupon_drop',
      message_template_language: 'en-US',
    });
  });

  test('a new template can be sent at once', async () => {
    const template = {
      name: 'brand_new',
      language: 'de',
      category: 'UTILITY',
      components: [{ type: 'BODY', text: 'Hallo {{1}}' }],
    };
    const added = await h.admin('POST', 'templates', { waba_id: h.number.waba_id, template });
    expect(added.status).toBe(201);
    const components = [{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }] }];
    const sent = await h.send('+14155557002', {
      template: { name: 'brand_new', language: { code: 'de' }, components },
    });
    expect(sent.status).toBe(200);
    const listed = await h.admin('GET', `templates?waba_id=${h.number.waba_id}`);
    expect(listed.text).toContain('brand_new');
  });
});

describe('the door', () => {
  const knock = (headers: Record<string, string>, method = 'GET'): Promise<number> =>
    new Promise((resolve, reject) => {
      plainRequest(`${h.sandbox.url}/__sandbox/numbers`, { method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end(method === 'POST' ? '{}' : undefined);
    });

  test('a name that merely resolves here, and a form of another site, are turned away', async () => {
    expect(await knock({ host: 'rebound.example.com' })).toBe(403);
    expect(await knock({ 'content-type': 'text/plain' }, 'POST')).toBe(415);
    expect(await knock({ host: 'localhost:3001' })).toBe(200);
  });

  test('it listens on loopback, says it is well, and knows what it does not have', async () => {
    expect((await h.admin('GET', 'health')).body).toMatchObject({ status: 'ok' });
    expect((await h.admin('GET', 'nothing')).status).toBe(404);
    expect((await h.admin('POST', 'settings', { delay_scale: -1 })).status).toBe(400);
    expect(new URL(h.sandbox.url).hostname).toBe('127.0.0.1');
  });
});
