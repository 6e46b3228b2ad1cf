import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { endpoint } from '@/lib/api/endpoint';
import { signAccessToken } from '@/lib/auth/tokens';
import { AppError, notFound } from '@/lib/errors';
import { callRoute } from '@/tests/support/request';
import { handle, json } from './route';

// Nobody listens there: whatever needs the database meets a refused connection.
beforeAll(() => {
  process.env.DATABASE_URL = 'postgres://nobody@127.0.0.1:1/none';
});

const open = {
  tag: 'Operations',
  summary: 'For the test',
  auth: 'none',
  responses: { 200: z.any() },
} as const;

const make = handle(
  endpoint({
    ...open,
    method: 'POST',
    path: '/api/things/{id}',
    params: z.strictObject({ id: z.uuid() }),
    query: z.strictObject({
      limit: z.coerce.number().int().max(500).default(50),
      search: z.string().optional(),
    }),
    body: z.strictObject({ name: z.string(), tags: z.array(z.strictObject({ key: z.string() })).optional() }),
    maxBodyBytes: 2048,
  }),
  async ({ params, query, body }) => {
    if (body.name === 'gone') throw notFound('thing');
    if (body.name === 'crash') throw new Error('secret inside');
    if (body.name === 'slow down') {
      throw new AppError('rate_limited', 'slow', 'Wait.', { retryAfterSeconds: 6.2 });
    }
    return json(200, { params, query, body });
  },
);

const start = handle(
  endpoint({
    ...open,
    method: 'POST',
    path: '/api/things/start',
    body: z.strictObject({ speed: z.int().default(7) }),
    bodyOptional: true,
  }),
  async ({ body }) => json(202, body),
);

const secret = handle(
  endpoint({ ...open, auth: 'user', method: 'GET', path: '/api/secret' }),
  async ({ user }) => json(200, user),
);

const params = { id: randomUUID() };

describe('a route', () => {
  it('hands the handler what the schemas made of the request, and is never cached', async () => {
    const answer = await callRoute(make, { params, path: '/api/things/x?limit=7', body: { name: 'a' } });
    expect(answer).toMatchObject({
      status: 200,
      body: { params, query: { limit: 7 }, body: { name: 'a' } },
    });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  });

  it('answers an id of the wrong form exactly as one that does not exist', async () => {
    const wrong = await callRoute(make, { params: { id: "1' OR 1=1" }, body: { name: 'a' } });
    const missing = await callRoute(make, { params, body: { name: 'gone' } });
    expect(wrong.status).toBe(404);
    expect(wrong.body).toEqual(missing.body);
    expect(missing.body).toEqual({
      success: false,
      error: { code: 'not_found', message: 'There is no such thing.', issues: [] },
    });
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    '',
  ])('takes JSON only as application/json, not as %j', async (type) => {
    const answer = await callRoute(make, { params, body: '{"name":"a"}', headers: { 'content-type': type } });
    expect(answer).toMatchObject({ status: 415, body: { error: { code: 'unsupported_media_type' } } });
  });

  it('takes application/json with a charset', async () => {
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' };
    expect(await callRoute(make, { params, body: '{"name":"a"}', headers })).toMatchObject({ status: 200 });
  });

  it('refuses a compressed body', async () => {
    const headers = { 'content-encoding': 'gzip' };
    const answer = await callRoute(make, { params, body: { name: 'a' }, headers });
    expect(answer).toMatchObject({ status: 415, body: { error: { code: 'unsupported_content_encoding' } } });
  });

  it.each(['{', '', '{"name":"a"', 'nul'])('answers 400 to what is no JSON: %j', async (body) => {
    const answer = await callRoute(make, { params, method: 'POST', body });
    expect(answer).toMatchObject({
      status: 400,
      body: { success: false, error: { code: 'malformed_json' } },
    });
  });

  it('answers 413 to a body over its size, told or not', async () => {
    const body = { name: 'x'.repeat(3000) };
    expect(await callRoute(make, { params, body })).toMatchObject({
      status: 413,
      body: { error: { code: 'body_too_large' } },
    });
    const headers = { 'content-length': '3000000' };
    expect(await callRoute(make, { params, body: { name: 'a' }, headers })).toMatchObject({ status: 413 });
  });

  it('answers 422 with every wrong place and every unknown field', async () => {
    const answer = await callRoute(make, {
      params,
      body: { tags: [{ key: 'a' }, { key: 1 }], tenantId: 'x' },
    });
    expect(answer.status).toBe(422);
    expect(answer.body.error?.code).toBe('validation_failed');
    expect(answer.body.error?.issues.map((issue) => issue.path)).toEqual(['name', 'tags[1].key', 'tenantId']);
  });

  it.each(['limit=501', 'limit=x', 'limit=1&limit=2', 'role=admin', 'search=%00'])(
    'answers 422 to the query %s',
    async (query) => {
      const answer = await callRoute(make, { params, path: `/api/things/x?${query}`, body: { name: 'a' } });
      expect(answer).toMatchObject({ status: 422, body: { error: { code: 'validation_failed' } } });
    },
  );

  it('answers 422 to a NUL that the database could not store', async () => {
    const answer = await callRoute(make, { params, body: { name: 'a\0b' } });
    expect(answer.body.error?.issues).toMatchObject([{ path: 'name' }]);
    expect(answer.status).toBe(422);
  });

  it('tells nothing about a failure nobody foresaw but where to look', async () => {
    const answer = await callRoute(make, { params, body: { name: 'crash' } });
    expect(answer).toMatchObject({
      status: 500,
      body: { success: false, error: { code: 'internal_error' } },
    });
    expect(JSON.stringify(answer.body)).not.toContain('secret inside');
    expect(answer.body.error?.message).toContain(answer.headers.get('x-request-id'));
  });

  it('says when to come again, in whole seconds', async () => {
    const answer = await callRoute(make, { params, body: { name: 'slow down' } });
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('7');
  });

  it('takes no body for an empty object where the body is optional, and a wrong one still for wrong', async () => {
    expect(await callRoute(start, { method: 'POST' })).toMatchObject({ status: 202, body: { speed: 7 } });
    expect(await callRoute(start, { method: 'POST', body: '' })).toMatchObject({ status: 202 });
    expect(await callRoute(start, { body: { speed: 3 } })).toMatchObject({ status: 202, body: { speed: 3 } });
    expect(await callRoute(start, { body: { speed: 'x' } })).toMatchObject({ status: 422 });
    const headers = { 'content-type': 'text/plain' };
    expect(await callRoute(start, { body: '{"speed":3}', headers })).toMatchObject({ status: 415 });
  });
});

describe('a route for users', () => {
  it.each([
    ['nothing', {}],
    ['an empty token', { authorization: 'Bearer ' }],
    ['a token that is none', { authorization: 'Bearer x.y.z' }],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['a cookie nobody sealed', { cookie: 'herald.session=x' }],
    ['a header that once went around the gate', { 'x-middleware-subrequest': 'middleware:middleware' }],
  ])('answers 401 to %s', async (_, headers) => {
    const answer = await callRoute(secret, { path: '/api/secret', headers: { ...headers } });
    expect(answer).toMatchObject({
      status: 401,
      body: { success: false, error: { code: 'unauthenticated' } },
    });
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('answers 503 when the database is away, even to a token that is good: it never lets anybody in', async () => {
    const token = await signAccessToken({ userId: randomUUID(), sessionId: randomUUID() });
    const answer = await callRoute(secret, { headers: { authorization: `Bearer ${token}` } });
    expect(answer).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
