import { expect, test } from '@playwright/test';
import { answerOf, Api, failureOf, newEmail, signUp } from './support/api';
import { signedInShape } from './support/shapes';

const password = 'correct horse battery staple';

test('a sign-up makes an account and signs it in; the same email in another case is a 409', async ({
  request,
}) => {
  const email = newEmail();
  const answer = await request.post('/api/auth/signup', { data: { email, password, name: 'Ana' } });
  const body = signedInShape.parse(await answerOf(answer, 201));
  expect(body.user).toMatchObject({ email, name: 'Ana' });
  const again = await request.post('/api/auth/signup', { data: { email: email.toUpperCase(), password } });
  await failureOf(again, 409);

  const me = await answerOf(await new Api(request, body.access_token).get('/api/auth/me'), 200);
  expect(me).toEqual({ user: body.user });
});

test('a sign-in answers the same shape; a wrong password and an unknown email the same 401', async ({
  request,
}) => {
  const { email } = await signUp(request);
  const answer = await request.post('/api/auth/login', { data: { email, password } });
  expect(signedInShape.parse(await answerOf(answer, 200)).user.email).toBe(email);
  const wrong = await request.post('/api/auth/login', { data: { email, password: 'wrong password' } });
  const unknown = await request.post('/api/auth/login', { data: { email: newEmail(), password } });
  expect(await failureOf(wrong, 401)).toEqual(await failureOf(unknown, 401));
});

test('what is not valid is named field by field; what is not JSON is a 400', async ({ request }) => {
  const bad = await request.post('/api/auth/signup', {
    data: { email: 'nobody', password: 'short', role: 'admin' },
  });
  const { issues = [] } = await failureOf(bad, 422);
  expect(issues.map(({ path }) => path).sort()).toEqual(['email', 'password', 'role']);
  const api = new Api(request, undefined);
  for (const text of ['{"email": ', '', '{"email": "a\xff'])
    await failureOf(await api.post('/api/auth/signup', text), 400);
  for (const text of ['"text"', '[]', 'null']) await failureOf(await api.post('/api/auth/signup', text), 422);
  await failureOf(await api.post('/api/auth/login', '{}', { 'Content-Type': 'text/plain' }), 415);
});

test('a refresh token is good once; using it again kills the family, also the newest', async ({
  request,
}) => {
  const { refreshToken: first, email } = await signUp(request);
  const refresh = (token: string) => request.post('/api/auth/refresh', { data: { refresh_token: token } });
  const second = signedInShape.omit({ user: true }).parse(await answerOf(await refresh(first), 200));
  expect(second.refresh_token).not.toBe(first);
  const third = signedInShape
    .omit({ user: true })
    .parse(await answerOf(await refresh(second.refresh_token), 200));
  await answerOf(await new Api(request, third.access_token).get('/api/auth/me'), 200);

  await failureOf(await refresh(first), 401);
  await failureOf(await refresh(third.refresh_token), 401);
  await failureOf(await new Api(request, third.access_token).get('/api/auth/me'), 401);
  // The account itself is not locked.
  await answerOf(await request.post('/api/auth/login', { data: { email, password } }), 200);
});

test('a sign-out ends the session at once, its access token too', async ({ request }) => {
  const { api, refreshToken } = await signUp(request);
  const out = await request.post('/api/auth/logout', { data: { refresh_token: refreshToken } });
  expect(await answerOf(out, 200)).toMatchObject({ success: true });
  await failureOf(await api.get('/api/auth/me'), 401);
  await failureOf(await request.post('/api/auth/refresh', { data: { refresh_token: refreshToken } }), 401);
});

test('only tokens that we signed, of the right kind, open anything', async ({ request }) => {
  const { api } = await signUp(request);
  const [head = '', payload = '', signature = ''] = (api.token ?? '').split('.');
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  const forged = [
    `${encode({ alg: 'none', typ: 'at+jwt' })}.${payload}.`,
    `${encode({ alg: 'none', typ: 'at+jwt' })}.${payload}.${signature}`,
    `${encode({ alg: 'HS512', typ: 'at+jwt' })}.${payload}.${signature}`,
    `${encode({ alg: 'HS256', typ: 'at+jwt', jku: 'http://127.0.0.1/keys' })}.${payload}.${signature}`,
    `${head}.${encode({ ...claims, exp: 9_999_999_999 })}.${signature}`,
    `${head}.${payload}`,
    'x',
    '',
  ];
  for (const token of forged) await failureOf(await new Api(request, token).get('/api/auth/me'), 401);
  await failureOf(await new Api(request, undefined).get('/api/campaigns'), 401);
  // Signals of the framework to itself open nothing either.
  const spoofed = await request.get('/api/campaigns', {
    headers: {
      'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy',
      'x-herald-client-ip': '127.0.0.1',
    },
  });
  await failureOf(spoofed, 401);
});

test('guessing at one account is throttled with 429, whatever addresses are claimed', async ({ request }) => {
  const { email } = await signUp(request);
  const guess = (forwardedFor?: string) =>
    request.post('/api/auth/login', {
      data: { email, password: 'a wrong guess' },
      headers: forwardedFor ? { 'X-Forwarded-For': forwardedFor } : {},
    });
  for (let i = 0; i < 10; i++) await failureOf(await guess(), 401);
  await failureOf(await guess(), 429);
  for (let i = 0; i < 10; i++) await guess(`198.51.100.${i}`);
  await failureOf(await guess('198.51.100.99'), 429);
});

test('the browser signs in by next-auth; its cookie is accepted, but changes only from our own pages', async ({
  request,
  baseURL,
}) => {
  const origin = baseURL ?? '';
  const { email } = await signUp(request);
  const { csrfToken } = (await answerOf(await request.get('/api/auth/csrf'), 200)) as { csrfToken: string };
  const signIn = await request.post('/api/auth/callback/credentials', {
    form: { csrfToken, email, password, json: 'true', callbackUrl: origin },
    headers: { Origin: origin },
  });
  expect(signIn.status()).toBe(200);
  const { cookies } = await request.storageState();
  const answers = [await (await request.get('/api/auth/providers')).text(), JSON.stringify(cookies)];
  expect(answers.join('\n')).not.toContain('localhost');
  const session = cookies.find(({ name }) => name.endsWith('herald.session'));
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' });

  const browser = new Api(request, undefined);
  const me = (await answerOf(await browser.get('/api/auth/me'), 200)) as { user: { email: string } };
  expect(me.user.email).toBe(email);

  const change = (headers: Record<string, string>) =>
    browser.post('/api/senders', { name: 'Shop', sandbox: true }, headers);
  await failureOf(await change({}), 403);
  await failureOf(await change({ 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }), 403);
  await failureOf(await change({ 'Sec-Fetch-Site': 'same-site', Origin: origin }), 403);
  await failureOf(await change({ Origin: 'null' }), 403);
  await failureOf(
    await change({ 'Sec-Fetch-Site': 'same-origin', Origin: origin, 'Content-Type': 'text/plain' }),
    415,
  );
  await answerOf(await change({ 'Sec-Fetch-Site': 'same-origin', Origin: origin }), 201);
});
