import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectGraphError } from './testing/expect-graph-error';
import { startHarness, type Answer, type Harness, type Json } from './testing/harness';
import { message } from './testing/message';
import { objections } from './testing/meta-schema';

let h: Harness;
beforeAll(async () => {
  h = await startHarness();
  await h.admin('POST', 'settings', { largest_page: 1000 });
});
afterAll(() => h.close());

const names = (answer: Answer): string[] =>
  (answer.body.data as unknown as { name: string }[]).map((t) => t.name);
const graph = (path: string, token: string | null = h.number.access_token): Promise<Answer> =>
  h.call('GET', `/v25.0/${path}`, { token });

describe('POST messages', () => {
  test("is answered in Meta's words", async () => {
    const answer = await h.send('+1 (415) 555-0123');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=UTF-8');
    expect(objections('MessageResponsePayload', answer.body)).toEqual([]);
    expect(answer.body).toEqual({
      messaging_product: 'whatsapp',
      contacts: [{ input: '+1 (415) 555-0123', wa_id: '14155550123' }],
      messages: [{ id: expect.stringMatching(/^wamid\.HB[\w+/=]+$/) as string, message_status: 'accepted' }],
    });
  });

  test("Meta's schema objects to what is wrong, so its silence means something", () => {
    expect(objections('MessageResponsePayload', { messages: [{ message_status: 'maybe' }] })).not.toEqual([]);
    expect(objections('GraphAPIError', { error: { code: 'x' } })).not.toEqual([]);
  });

  test('a refusal has the code, its title, the details and nothing else', async () => {
    const answer = await h.send('+14155550123', { template: { name: 'nope', language: { code: 'en_US' } } });
    expectGraphError(answer, 404, 132001);
    expect(answer.body.error).toEqual({
      message: '(#132001) Template name does not exist in the translation',
      type: 'OAuthException',
      code: 132001,
      error_data: {
        messaging_product: 'whatsapp',
        details: 'template name (nope) does not exist in en_US',
      },
      fbtrace_id: expect.any(String) as string,
    });
  });

  test('no token is 104, a wrong one and that of another number 190, an expired one 190 with its subcode', async () => {
    const other = await h.addNumber();
    const path = `/v25.0/${h.number.phone_number_id}/messages`;
    const post = (token: string | null): Promise<Answer> =>
      h.call('POST', path, { token, body: message('+14155550123') });
    expectGraphError(await post(null), 401, 104);
    expectGraphError(await post('EAAwrong'), 401, 190);
    expectGraphError(await post(other.access_token), 401, 190);
    await h.admin('PATCH', `numbers/${other.phone_number_id}`, { token_expired: true });
    const expired = await h.call('POST', `/v25.0/${other.phone_number_id}/messages`, {
      token: other.access_token,
      body: message('+14155550123'),
    });
    expectGraphError(expired, 401, 190);
    expect(expired.body.error).toMatchObject({ error_subcode: 463 });
  });

  test('a replaced token is refused from then on, the new one is good, and nobody else’s can be taken', async () => {
    const { phone_number_id: id, access_token: former } = await h.addNumber();
    const post = (token: string) =>
      h.call('POST', `/v25.0/${id}/messages`, { token, body: message('+14155550123') });
    expect((await h.admin('PATCH', `numbers/${id}`, { access_token: 'EAAnew' })).status).toBe(200);
    expectGraphError(await post(former), 401, 190);
    expect((await post('EAAnew')).status).toBe(200);
    const taken = await h.admin('PATCH', `numbers/${id}`, { access_token: h.number.access_token });
    expect(taken.status).toBe(400);
    expect((await post('EAAnew')).status).toBe(200);
  });

  test('an unknown number is 100 with subcode 33, an unknown path 2500', async () => {
    const answer = await h.call('POST', '/v25.0/1234567890/messages', {
      token: h.number.access_token,
      body: message('+14155550123'),
    });
    expectGraphError(answer, 400, 100);
    expect(answer.body.error).toMatchObject({ error_subcode: 33, type: 'GraphMethodException' });
    expectGraphError(await h.call('GET', '/nothing/here'), 400, 2500);
  });

  test('a body that is not JSON, or not said to be, has no messaging_product', async () => {
    const post = (body: string, type: string): Promise<Answer> =>
      h.call('POST', `/v25.0/${h.number.phone_number_id}/messages`, {
        token: h.number.access_token,
        body,
        headers: { 'content-type': type },
      });
    const good = JSON.stringify(message('+14155550123'));
    for (const answer of [await post('{"messaging', 'application/json'), await post(good, 'text/plain')]) {
      expectGraphError(answer, 400, 100);
      expect(answer.body.error?.message).toBe('(#100) The parameter messaging_product is required.');
    }
  });

  test.each([
    [{ status: 'BANNED' }, 403, 131031],
    [{ can_send_message: 'BLOCKED' }, 403, 131031],
    [{ status: 'RESTRICTED' }, 400, 131048],
    [{ status: 'PENDING' }, 400, 133010],
  ])('a number that is %j takes nothing', async (change, status, code) => {
    const number = await h.addNumber();
    await h.admin('PATCH', `numbers/${number.phone_number_id}`, change);
    const answer = await h.call('POST', `/v25.0/${number.phone_number_id}/messages`, {
      token: number.access_token,
      body: message('+14155550123'),
    });
    expectGraphError(answer, status, code);
  });

  test('over the throughput of the number is 130429, and the rest of the second is lost to nobody else', async () => {
    const number = await h.addNumber({ messages_per_second: 1 });
    const post = (n: number): Promise<Answer> =>
      h.call('POST', `/v25.0/${number.phone_number_id}/messages`, {
        token: number.access_token,
        body: message(`+1415555${2000 + n}`),
      });
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => post(n)));
    const refused = answers.filter((answer) => answer.status !== 200);
    expect(refused.length).toBeLessThan(12);
    expect(refused.length).toBeGreaterThanOrEqual(5);
    for (const answer of refused) expectGraphError(answer, 400, 130429);
    expect((await h.send('+14155552999')).status).toBe(200);
  });

  test('one person more a day than the account may write to is refused, over all its numbers, until the limit rises', async () => {
    const first = await h.addNumber({ messages_per_second: 1000 });
    const second = await h.addNumber({ messages_per_second: 1000, waba_id: first.waba_id });
    await h.admin('PATCH', `numbers/${first.phone_number_id}`, { messaging_limit: 'TIER_50' });
    const post = (number: typeof first, n: number): Promise<Answer> =>
      h.call('POST', `/v25.0/${number.phone_number_id}/messages`, {
        token: number.access_token,
        body: message(`+1415555${4000 + n}`),
      });
    for (let n = 0; n < 50; n += 1) expect((await post(n % 2 ? first : second, n)).status).toBe(200);
    expectGraphError(await post(second, 50), 400, 131048);
    expect((await post(second, 7)).status).toBe(200);
    await h.admin('POST', 'settings', {
      phone_number_id: first.phone_number_id,
      messaging_limit_code: 80007,
    });
    expect((await post(first, 51)).body.error).toMatchObject({ code: 80007 });
    await h.admin('PATCH', `numbers/${second.phone_number_id}`, { messaging_limit: 'TIER_2K' });
    expect((await post(first, 50)).status).toBe(200);
  });

  test('accounts of one portfolio share the limit and say so; one that goes over brings along whom it wrote to', async () => {
    const first = await h.addNumber({ messages_per_second: 1000, portfolio_id: '777000111222333' });
    const second = await h.addNumber({ messages_per_second: 1000, portfolio_id: '777000111222333' });
    const third = await h.addNumber({ messages_per_second: 1000 });
    expect(second.waba_id).not.toBe(first.waba_id);
    for (const { phone_number_id } of [first, third])
      await h.admin('PATCH', `numbers/${phone_number_id}`, { messaging_limit: 'TIER_50' });
    const post = (number: typeof first, n: number): Promise<Answer> =>
      h.call('POST', `/v25.0/${number.phone_number_id}/messages`, {
        token: number.access_token,
        body: message(`+1415555${5000 + n}`),
      });
    for (let n = 0; n < 49; n += 1) expect((await post(n % 2 ? first : second, n)).status).toBe(200);
    expect((await post(third, 49)).status).toBe(200);
    await h.admin('PATCH', `numbers/${third.phone_number_id}`, { portfolio_id: '777000111222333' });
    for (const number of [first, second, third]) {
      expectGraphError(await post(number, 50), 400, 131048);
      const path = `${number.phone_number_id}?fields=health_status`;
      expect((await graph(path, number.access_token)).body.health_status?.entities).toContainEqual({
        entity_type: 'BUSINESS',
        id: '777000111222333',
        can_send_message: 'AVAILABLE',
      });
    }
    expect((await post(second, 49)).status).toBe(200);
  });

  test('more than 45 at once to one person is 131056, for that person only', async () => {
    const number = await h.addNumber({ messages_per_second: 1000 });
    const post = (to: string): Promise<Answer> =>
      h.call('POST', `/v25.0/${number.phone_number_id}/messages`, {
        token: number.access_token,
        body: message(to),
      });
    const answers = await Promise.all(Array.from({ length: 50 }, () => post('+14155553333')));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(45);
    expectGraphError(await post('+14155553333'), 400, 131056);
    expect((await post('+14155553334')).status).toBe(200);
  });
});

describe('reads', () => {
  test('take a proof of the app secret, and refuse one of another secret with 100', async () => {
    const { phone_number_id: id, access_token: token, app_secret: secret } = h.number;
    const proof = (key: string) => createHmac('sha256', key).update(token).digest('hex');
    const right = await graph(`${id}?fields=id&appsecret_proof=${proof(secret)}`);
    expect([right.status, right.body]).toEqual([200, { id }]);
    const wrong = await graph(`${id}?fields=id&appsecret_proof=${proof('another')}`);
    expectGraphError(wrong, 400, 100);
    expect(wrong.body.error).not.toHaveProperty('error_subcode');
  });

  test('templates come in pages whose cursors lead to the end, each once', async () => {
    const found: string[] = [];
    let path: string | undefined =
      `${h.number.waba_id}/message_templates?limit=10&fields=name,language,status`;
    let pages = 0;
    while (path !== undefined) {
      const page: Answer = await graph(path);
      expect(page.status).toBe(200);
      found.push(
        ...(page.body.data as unknown as Record<string, string>[]).map((t) => `${t.name} ${t.language}`),
      );
      const next = page.body.paging?.next as unknown as string | undefined;
      path = next === undefined ? undefined : next.slice(`${h.sandbox.url}/v25.0/`.length);
      pages += 1;
    }
    expect(pages).toBeGreaterThan(1);
    expect(found.length).toBeGreaterThanOrEqual(14);
    expect(new Set(found).size).toBe(found.length);
  });

  test('cursors.after leads on too; a cursor that is none, or of another account, is 131059', async () => {
    const first = await graph(`${h.number.waba_id}/message_templates?limit=5`);
    const after = first.body.paging?.cursors?.after as unknown as string;
    const second = await graph(`${h.number.waba_id}/message_templates?limit=5&after=${after}`);
    expect(names(second)).not.toEqual(names(first));
    const other = await h.addNumber();
    expectGraphError(await graph(`${h.number.waba_id}/message_templates?after=bad`), 400, 131059);
    expectGraphError(
      await graph(`${other.waba_id}/message_templates?after=${after}`, other.access_token),
      400,
      131059,
    );
  });

  test('a page may be shorter than asked for, and still leads on', async () => {
    await h.admin('POST', 'settings', { largest_page: 10 });
    const page = await graph(`${h.number.waba_id}/message_templates?limit=100`);
    expect(page.body.data).toHaveLength(10);
    expect(page.body.paging?.next).toBeDefined();
    await h.admin('POST', 'settings', { largest_page: 1000 });
  });

  test('a cursor expires when told to', async () => {
    const first = await graph(`${h.number.waba_id}/message_templates?limit=5`);
    await h.admin('POST', 'settings', { cursor_ttl_ms: 1 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    const after = first.body.paging?.cursors?.after as unknown as string;
    expectGraphError(await graph(`${h.number.waba_id}/message_templates?after=${after}`), 400, 131059);
    await h.admin('POST', 'settings', { cursor_ttl_ms: 0 });
  });

  test('templates are as Graph returns them, filtered by status and with the fields asked for', async () => {
    const all = await graph(`${h.number.waba_id}/message_templates?limit=100`);
    expect(objections('TemplateList', all.body)).toEqual([]);
    expect(all.body.paging?.next).toBeUndefined();
    const rejected = await graph(
      `${h.number.waba_id}/message_templates?status=REJECTED&fields=name,rejected_reason,quality_score`,
    );
    expect(rejected.body.data).toEqual([
      {
        name: 'win_big_now',
        rejected_reason: 'SCAM',
        quality_score: { score: 'UNKNOWN' },
        id: expect.any(String) as string,
      },
    ]);
    expectGraphError(await graph(`${h.number.waba_id}/message_templates?fields=colour`), 400, 100);
  });

  test('every default template carries examples for everything it asks', async () => {
    const all = await graph(
      `${h.number.waba_id}/message_templates?limit=100&fields=name,components,quality_score,parameter_format,category,language,status`,
    );
    for (const template of all.body.data as unknown as Json[]) {
      expect(template.quality_score?.score).toEqual(expect.any(String));
      for (const part of template.components as unknown as Json[]) {
        const asks = JSON.stringify([part.text, part.format]).match(/\{\{|IMAGE|VIDEO|DOCUMENT/);
        if (asks) expect({ name: template.name, ...part }).toHaveProperty('example');
      }
    }
  });

  test('the catalogue has what the demo and the matrix need', async () => {
    const all = await graph(
      `${h.number.waba_id}/message_templates?limit=100&fields=name,language,category,status,parameter_format,components`,
    );
    const text = JSON.stringify(all.body);
    for (const word of [
      'MARKETING',
      'UTILITY',
      'AUTHENTICATION',
      '"ar"',
      '"es"',
      'NAMED',
      'IMAGE',
      'VIDEO',
      'DOCUMENT',
    ]) {
      expect(text).toContain(word);
    }
    for (const word of ['PENDING', 'REJECTED', 'PAUSED', 'DISABLED', 'COPY_CODE', 'QUICK_REPLY', '{{5}}']) {
      expect(text).toContain(word);
    }
    const friday = (all.body.data as unknown as Json[]).find((t) => (t.name as unknown) === 'black_friday');
    expect(friday).toMatchObject({ language: 'en_US', category: 'MARKETING', status: 'APPROVED' });
    const parts = friday?.components as unknown as {
      type: string;
      text?: string;
      buttons?: { url: string }[];
    }[];
    expect(parts.map((part) => part.type)).toEqual(['HEADER', 'BODY', 'FOOTER', 'BUTTONS']);
    expect(parts[0]?.text).toContain('{{1}}');
    expect(parts[1]?.text).toMatch(/\{\{1\}\}.*\{\{2\}\}/);
    expect(parts[3]?.buttons?.[0]?.url).toMatch(/\{\{1\}\}$/);
  });

  test('a number shows the fields asked for and its id, nothing else', async () => {
    const asked =
      'quality_rating,status,throughput{level},whatsapp_business_manager_messaging_limit,verified_name';
    const answer = await graph(`${h.number.phone_number_id}?fields=${asked}`);
    expect(answer.body).toEqual({
      quality_rating: 'GREEN',
      status: 'CONNECTED',
      throughput: { level: 'STANDARD' },
      whatsapp_business_manager_messaging_limit: 'TIER_UNLIMITED',
      verified_name: 'Café Test',
      id: h.number.phone_number_id,
    });
    const usual = await graph(h.number.phone_number_id);
    expect(objections('PhoneNumberInfo', usual.body)).toEqual([]);
    expect(usual.body.display_phone_number).toBe(h.number.display_phone_number);
    const health = await graph(`${h.number.phone_number_id}?fields=health_status`);
    expect(health.body.health_status).toMatchObject({ can_send_message: 'AVAILABLE' });
    expectGraphError(await graph(`${h.number.phone_number_id}?fields=shoe_size`), 400, 100);
  });

  test("another account's number and account are not there", async () => {
    const other = await h.addNumber();
    expectGraphError(await graph(other.phone_number_id), 400, 100);
    expectGraphError(await graph(`${other.waba_id}/message_templates`), 400, 100);
    expectGraphError(await graph(h.number.phone_number_id, null), 401, 104);
  });

  test('the account, its numbers and its subscription', async () => {
    const numbers = await graph(`${h.number.waba_id}/phone_numbers`);
    expect(objections('WhatsAppBusinessAccountPhoneNumbersConnection', numbers.body)).toEqual([]);
    expect(numbers.body.data).toMatchObject([{ id: h.number.phone_number_id }]);
    expect((await graph(`${h.number.waba_id}?fields=name,currency`)).body).toEqual({
      name: 'Café Test',
      currency: 'USD',
      id: h.number.waba_id,
    });
    const path = `/v25.0/${h.number.waba_id}/subscribed_apps`;
    const done = await h.call('POST', path, { token: h.number.access_token });
    expect(done.body).toEqual({ success: true });
    expect(objections('SubscriptionResponse', done.body)).toEqual([]);
    const apps = await graph(`${h.number.waba_id}/subscribed_apps`);
    expect(objections('SubscribedAppsResponse', apps.body)).toEqual([]);
  });

  test('every management call reports the usage; beyond the quota it is 80007', async () => {
    const other = await h.addNumber();
    const answer = await graph(other.waba_id, other.access_token);
    const usage = JSON.parse(String(answer.headers['x-business-use-case-usage'])) as Record<string, object[]>;
    expect(usage[other.waba_id]).toMatchObject([{ type: 'whatsapp_business_management', call_count: 1 }]);
    await h.admin('POST', 'settings', { management_calls_per_hour: 1 });
    expectGraphError(await graph(other.waba_id, other.access_token), 429, 80007);
    await h.admin('POST', 'settings', { management_calls_per_hour: 5000 });
  });
});
