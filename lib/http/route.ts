import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { database, type Db } from '@/db/client';
import { inWorkspace } from '@/db/tenant';
import type { Endpoint } from '@/lib/api/endpoint';
import { authenticate } from '@/lib/auth/authenticate';
import type { AuthUser, SignedInUser } from '@/lib/auth/user';
import { getEnv } from '@/lib/env';
import { AppError, notFound } from '@/lib/errors';
import { isMultipart, readJson, type JsonBody } from './body';
import { bodyRoom, type BodyShare } from './body-room';
import { withinMs } from '@/lib/time-limit';
import { databaseSilent } from './database-errors';
import { failureResponse } from './failure';
import { answerOnce } from './once';
import { idempotencyKeyOf } from './idempotency';
import { requireSameOrigin } from './origin';
import { refuseUnstorableText, validate } from './validate';

export type { AuthUser } from '@/lib/auth/user';
export { json } from './respond';

const authTimeoutMs = 8_000;

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

type UserOf<E extends Endpoint> = E['auth'] extends 'user'
  ? E extends { personOnly: true }
    ? SignedInUser
    : AuthUser
  : undefined;

export interface Context<E extends Endpoint> {
  user: UserOf<E>;
  params: Parsed<E['params']>;
  query: Parsed<E['query']>;
  /** undefined when the request is multipart: the handler streams `request.body` itself. */
  body: E extends { multipart: z.ZodType } ? Parsed<E['body']> | undefined : Parsed<E['body']>;
  /** Of an idempotent endpoint: the transaction that also holds the key, so everything must go through it. */
  db: Db;
  request: Request;
}

type NextRouteContext = { params: Promise<Record<string, string | string[] | undefined>> };
export type RouteHandler = (request: Request, context: NextRouteContext) => Promise<Response>;
export type EndpointHandler<E extends Endpoint> = (context: Context<E>) => Promise<Response>;

/** Authenticates, validates, calls, and maps every failure to the contract's error body. */
export function handle<E extends Endpoint>(endpoint: E, handler: EndpointHandler<E>): RouteHandler {
  return async (request, { params }) => {
    const requestId = randomUUID();
    const response = await answer(endpoint, handler, request, params).catch((error: unknown) =>
      failureResponse(error, requestId),
    );
    response.headers.set('X-Request-Id', requestId);
    if (!response.headers.has('Cache-Control')) response.headers.set('Cache-Control', 'no-store');
    return response;
  };
}

async function answer<E extends Endpoint>(
  endpoint: E,
  handler: EndpointHandler<E>,
  request: Request,
  rawParams: NextRouteContext['params'],
): Promise<Response> {
  const user = await authorise(endpoint, request);
  const carryOn = () => answerAs(user, endpoint, handler, request, rawParams);
  // The second wall: from here on the database shows and takes this workspace's rows only.
  return user ? inWorkspace(user.workspaceId, carryOn) : carryOn();
}

async function answerAs<E extends Endpoint>(
  user: AuthUser | undefined,
  endpoint: E,
  handler: EndpointHandler<E>,
  request: Request,
  rawParams: NextRouteContext['params'],
): Promise<Response> {
  const share = bodyRoom.open();
  try {
    return await answerWithin(share, user, endpoint, handler, request, rawParams);
  } finally {
    share.giveBack();
  }
}

async function answerWithin<E extends Endpoint>(
  share: BodyShare,
  user: AuthUser | undefined,
  endpoint: E,
  handler: EndpointHandler<E>,
  request: Request,
  rawParams: NextRouteContext['params'],
): Promise<Response> {
  const params = await parseParams(endpoint, await rawParams);
  const query = await parseQuery(endpoint, request);
  const raw = await readBody(endpoint, request, share);
  const body = endpoint.body && raw ? await validate(endpoint.body, raw.value) : undefined;
  // The schemas have made these what the endpoint's types say.
  const call = (db: Db) => handler({ user, params, query, body, db, request } as Context<E>);

  if (!endpoint.idempotent || !user || isMultipart(endpoint, request)) return call(database().db);
  const key = idempotencyKeyOf(request);
  const scope = { workspaceId: user.workspaceId, endpoint: new URL(request.url).pathname, key };
  return answerOnce(scope, raw?.hash ?? '', call);
}

async function authorise(endpoint: Endpoint, request: Request): Promise<AuthUser | undefined> {
  if (endpoint.auth === 'none') return undefined;
  const { user, by } = await withinMs(authTimeoutMs, authenticate(request), databaseSilent);
  if (by === 'cookie') requireSameOrigin(request, getEnv().publicUrl);
  if (user.apiKey) requireKeyMay(endpoint, user.apiKey.access);
  return user;
}

function requireKeyMay(endpoint: Endpoint, access: 'full' | 'read'): void {
  if (endpoint.personOnly) {
    throw new AppError(
      'forbidden',
      'api_key_not_allowed',
      'This takes a person who is signed in, not an API key.',
    );
  }
  if (access === 'read' && endpoint.method !== 'GET') {
    throw new AppError(
      'forbidden',
      'read_only_key',
      'This API key may only read; take a key with full access to change anything.',
    );
  }
}

/** An id of the wrong form answers as one that does not exist. */
async function parseParams(
  endpoint: Endpoint,
  raw: Record<string, string | string[] | undefined>,
): Promise<unknown> {
  if (!endpoint.params) return undefined;
  const parsed = await endpoint.params.safeParseAsync(raw);
  if (parsed.success) return parsed.data;
  const noun = /\/([^/]+)\/\{/.exec(endpoint.path)?.[1] ?? 'things';
  throw notFound(noun.replace(/s$/, ''));
}

/** A parameter without a value, as in `?status=`, counts as not given. */
async function parseQuery(endpoint: Endpoint, request: Request): Promise<unknown> {
  if (!endpoint.query) return undefined;
  const { searchParams } = new URL(request.url);
  const raw = Object.fromEntries(
    [...new Set(searchParams.keys())].flatMap((key) => {
      const values = searchParams.getAll(key).filter((value) => value !== '');
      return values.length === 0 ? [] : [[key, values.length > 1 ? values : values[0]]];
    }),
  );
  refuseUnstorableText(raw);
  return validate(endpoint.query, raw);
}

async function readBody(
  endpoint: Endpoint,
  request: Request,
  share: BodyShare,
): Promise<JsonBody | undefined> {
  if (!endpoint.body || isMultipart(endpoint, request)) return undefined;
  return readJson(endpoint, request, share);
}
