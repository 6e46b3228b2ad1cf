import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { getPhoneNumber, listGraphTemplates, type GraphAccess } from './graph';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(listener: RequestListener): Promise<GraphAccess> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}`, version: 'v25.0', accessToken: 'token-1' };
}

const answering = (status: number, body: unknown) =>
  serve((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });

const template = (id: number) => ({
  id: String(id),
  name: `t_${id}`,
  language: 'en_US',
  status: 'APPROVED',
  category: 'UTILITY',
  components: [{ type: 'BODY', text: 'Hello {{1}}' }],
});

/** Pages of two, as Graph makes them: `next` holds an address, and is absent on the last page. */
async function paged(count: number, expireFirstCursor = false) {
  const asked: string[] = [];
  let expired = !expireFirstCursor;
  const access = await serve((request, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    asked.push(url.searchParams.get('after') ?? 'start');
    const start = Number(url.searchParams.get('after') ?? 0);
    if (start > 0 && !expired) {
      expired = true;
      response.writeHead(400).end(JSON.stringify({ error: { code: 131059, message: 'Bad cursor' } }));
      return;
    }
    const end = Math.min(count, start + 2);
    const data = Array.from({ length: end - start }, (_, i) => template(start + i));
    const next = end < count ? { next: 'http://elsewhere.invalid/steal' } : {};
    response.end(JSON.stringify({ data, paging: { cursors: { before: 'b', after: String(end) }, ...next } }));
  });
  return { access, asked };
}

describe('templates', () => {
  it('are read over all pages, by cursor, until there is no next', async () => {
    const { access, asked } = await paged(5);
    const found = await listGraphTemplates(access, '77');
    expect(found.map(({ id }) => id)).toEqual(['0', '1', '2', '3', '4']);
    expect(asked).toEqual(['start', '2', '4']);
  });

  it('are read again from the start, once, when the cursor expires', async () => {
    const { access, asked } = await paged(5, true);
    expect(await listGraphTemplates(access, '77')).toHaveLength(5);
    expect(asked).toEqual(['start', '2', 'start', '2', '4']);
  });

  it('of an unknown shape cost only themselves', async () => {
    const odd = { ...template(2), components: 'none' };
    const access = await answering(200, { data: [{ id: 5 }, template(1), null, 'x', odd] });
    const found = await listGraphTemplates(access, '77');
    expect(found.map(({ id, components }) => [id, components[0]?.type])).toEqual([
      ['1', 'BODY'],
      ['2', 'UNREADABLE'],
    ]);
  });

  it('are never read in part: a page that says there is more, but not where, is an error', async () => {
    const access = await answering(200, { data: [template(1)], paging: { next: 'x' } });
    await expect(listGraphTemplates(access, '77')).rejects.toMatchObject({ code: 'whatsapp_unreadable' });
  });

  it('end with an error when the pages never end', async () => {
    const access = await answering(200, { data: [], paging: { cursors: { after: 'a' }, next: 'x' } });
    await expect(listGraphTemplates(access, '77')).rejects.toMatchObject({ code: 'whatsapp_unreadable' });
  });

  it('an account without any has none', async () => {
    expect(await listGraphTemplates(await answering(200, { data: [] }), '77')).toEqual([]);
  });
});

it("a number's details are what Meta says, null where it says nothing", async () => {
  let url = '';
  const access = await serve((request, response) => {
    url = request.url ?? '';
    response.end(JSON.stringify({ id: '5', quality_rating: 'GREEN', throughput: { level: 'STANDARD' } }));
  });
  expect(await getPhoneNumber(access, '5')).toEqual({
    quality_rating: 'GREEN',
    status: null,
    throughput: { level: 'STANDARD' },
    whatsapp_business_manager_messaging_limit: null,
    health_status: null,
    display_phone_number: null,
    verified_name: null,
  });
  expect(url).toMatch(/^\/v25\.0\/5\?fields=quality_rating,/);
});

it('a connection that breaks is tried once more, since reading harms nobody', async () => {
  let requests = 0;
  const access = await serve((request, response) => {
    requests += 1;
    if (requests === 1) request.socket.destroy();
    else response.end(JSON.stringify({ quality_rating: 'GREEN' }));
  });
  expect(await getPhoneNumber(access, '5')).toMatchObject({ quality_rating: 'GREEN' });
  expect(requests).toBe(2);
});

describe('a failure says what to do, and never shows the token', () => {
  const graphError = (code: number) => ({ error: { code, message: 'Meta says so', type: 'OAuthException' } });
  it.each([
    [401, graphError(190), 'invalid', 'whatsapp_token_invalid'],
    [403, graphError(200), 'invalid', 'whatsapp_permission_missing'],
    [403, graphError(10), 'invalid', 'whatsapp_permission_missing'],
    [400, graphError(100), 'invalid', 'whatsapp_object_unknown'],
    [400, graphError(80008), 'unavailable', 'whatsapp_rate_limited'],
    [400, graphError(368), 'invalid', 'whatsapp_refused'],
    [500, '<html>', 'unavailable', 'whatsapp_unreadable'],
    [200, '<html>', 'unavailable', 'whatsapp_unreadable'],
    [302, '', 'unavailable', 'whatsapp_unreadable'],
  ])('HTTP %i %j', async (status, body, kind, code) => {
    const failure: unknown = await getPhoneNumber(await answering(status, body), '5').catch(
      (e: unknown) => e,
    );
    expect(failure).toMatchObject({ kind, code });
    expect(String(failure)).not.toContain('token-1');
  });

  it('when nobody listens', async () => {
    const access = await answering(200, {});
    const [server] = servers.splice(0);
    await new Promise((resolve) => server?.close(resolve));
    await expect(getPhoneNumber(access, '5')).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'whatsapp_unreachable',
    });
  });
});
