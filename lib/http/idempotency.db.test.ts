import { randomUUID } from 'node:crypto';
import { and, eq, like, sql } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connect, database, type Db } from '@/db/client';
import { httpRateLimits, idempotencyKeys } from '@/db/schema/accounts';
import { endpoint } from '@/lib/api/endpoint';
import { openSession } from '@/lib/auth/sessions';
import { signAccessToken } from '@/lib/auth/tokens';
import { AppError } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';
import { callRoute, type TestCall } from '@/tests/support/request';
import { createWorkspace } from '@/tests/support/rows';
import { idempotently, purgeIdempotencyKeys } from './idempotency';
import { handle, json } from './route';

const other = connect(process.env.DATABASE_URL ?? '', { max: 2, name: 'second process' });
afterAll(() => other.close());

/** Leaves a row that can be counted: the work that must be done once. */
async function work(tx: Db, mark: string) {
  const [row] = await tx
    .insert(httpRateLimits)
    .values({ key: `${mark} ${randomUUID()}` })
    .returning();
  return { requestHash: 'h1', status: 201, body: { success: true, id: row?.key } };
}

async function countDone(mark: string): Promise<number> {
  return database().db.$count(httpRateLimits, like(httpRateLimits.key, `${mark} %`));
}

async function newScope() {
  const { workspaceId } = await createWorkspace();
  return { workspaceId, endpoint: '/api/campaigns/create', key: randomUUID() };
}

const sameBody = () => Promise.resolve('h1');

/** Waits until somebody waits on the lock that `holder` holds. */
async function untilBlocked(): Promise<void> {
  for (;;) {
    const [row] = await other.sql`select count(*)::int as n from pg_locks where not granted`;
    if (row?.n > 0) return;
  }
}

describe('an Idempotency-Key', () => {
  it('does the work once and answers the first answer again', async () => {
    const scope = await newScope();
    const mark = randomUUID();
    const first = await idempotently(scope, (tx) => work(tx, mark), sameBody);
    const second = await idempotently(scope, (tx) => work(tx, mark), sameBody);
    expect(first.replayed).toBe(false);
    expect(second).toEqual({ ...first, replayed: true });
    expect(await countDone(mark)).toBe(1);
  });

  it('with another body is a conflict, and does nothing', async () => {
    const scope = await newScope();
    const mark = randomUUID();
    await idempotently(scope, (tx) => work(tx, mark), sameBody);
    await expect(
      idempotently(
        scope,
        (tx) => work(tx, mark),
        () => Promise.resolve('h2'),
      ),
    ).rejects.toMatchObject({ kind: 'conflict', code: 'idempotency_key_reused' });
    expect(await countDone(mark)).toBe(1);
  });

  it('on two connections at once: the second waits, then answers the same', async () => {
    const scope = await newScope();
    const mark = randomUUID();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let isStarted: () => void = () => undefined;
    const started = new Promise<void>((resolve) => {
      isStarted = resolve;
    });
    const first = idempotently(
      scope,
      async (tx) => {
        const done = await work(tx, mark);
        isStarted();
        await held;
        return done;
      },
      sameBody,
    );
    await started;
    const second = idempotently(scope, (tx) => work(tx, mark), sameBody, other.db);
    await untilBlocked();
    release();
    const [one, two] = await Promise.all([first, second]);
    expect(two).toEqual({ ...one, replayed: true });
    expect(await countDone(mark)).toBe(1);
  });

  it('leaves nothing when the work fails: the next with it does the work', async () => {
    const scope = await newScope();
    const mark = randomUUID();
    const failing = async (tx: Db) => {
      await work(tx, mark);
      throw new AppError('conflict', 'no', 'Not now.');
    };
    await expect(idempotently(scope, failing, sameBody)).rejects.toMatchObject({ code: 'no' });
    expect(await countDone(mark)).toBe(0);
    expect(await idempotently(scope, (tx) => work(tx, mark), sameBody)).toMatchObject({ replayed: false });
    expect(await countDone(mark)).toBe(1);
  });

  it('belongs to one workspace and one path', async () => {
    const scope = await newScope();
    const mark = randomUUID();
    const stranger = await createWorkspace();
    const scopes = [scope, { ...scope, endpoint: '/api/other' }, { ...scope, ...stranger }];
    for (const each of scopes) {
      expect(await idempotently(each, (tx) => work(tx, mark), sameBody)).toMatchObject({ replayed: false });
    }
    expect(await countDone(mark)).toBe(3);
  });

  it('is forgotten after 24 hours', async () => {
    const scope = await newScope();
    const mark = randomUUID();
    const age = (interval: string) =>
      database()
        .db.update(idempotencyKeys)
        .set({ createdAt: sql`now() - ${interval}::interval` })
        .where(and(eq(idempotencyKeys.workspaceId, scope.workspaceId), eq(idempotencyKeys.key, scope.key)));
    await idempotently(scope, (tx) => work(tx, mark), sameBody);
    await age('23 hours 59 minutes');
    expect(await idempotently(scope, (tx) => work(tx, mark), sameBody)).toMatchObject({ replayed: true });
    await age('24 hours 1 minute');
    expect(await idempotently(scope, (tx) => work(tx, mark), sameBody)).toMatchObject({ replayed: false });
    expect(await countDone(mark)).toBe(2);
    await age('24 hours 1 minute');
    expect(await purgeIdempotencyKeys()).toBeGreaterThan(0);
  });

  it('that is missing still gives one transaction', async () => {
    const { workspaceId } = await createWorkspace();
    const scope = { workspaceId, endpoint: '/x', key: undefined };
    const mark = randomUUID();
    const failing = async (tx: Db) => {
      await work(tx, mark);
      throw new Error('cut off');
    };
    await expect(idempotently(scope, failing, sameBody)).rejects.toThrow('cut off');
    expect(await countDone(mark)).toBe(0);
  });
});

describe('a route that honours Idempotency-Key', () => {
  const create = handle(
    endpoint({
      method: 'POST',
      path: '/api/things',
      tag: 'Operations',
      summary: 'For the test',
      auth: 'user',
      idempotent: true,
      body: z.strictObject({ mark: z.string(), answer: z.int().default(201) }),
      responses: { 201: z.any() },
    }),
    async ({ body, db }) => {
      const { body: done } = await work(db, body.mark);
      return json(body.answer, done);
    },
  );

  async function signedIn(): Promise<{ workspaceId: WorkspaceId; headers: Record<string, string> }> {
    const { workspaceId, userId } = await createWorkspace();
    const sessionId = await openSession(userId, 'api');
    const token = await signAccessToken({ userId, sessionId });
    return { workspaceId, headers: { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() } };
  }

  it('answers five at once with one and the same answer, the work done once', async () => {
    const { headers } = await signedIn();
    const call: TestCall = { headers, body: { mark: randomUUID() } };
    const answers = await Promise.all(Array.from({ length: 5 }, () => callRoute(create, call)));
    expect(new Set(answers.map((answer) => JSON.stringify([answer.status, answer.body]))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 201, body: { success: true } });
    expect(answers.filter((answer) => answer.headers.has('idempotency-replayed'))).toHaveLength(4);
    expect(await countDone((call.body as { mark: string }).mark)).toBe(1);
  });

  it('answers 409 to the key with another body', async () => {
    const { headers } = await signedIn();
    const mark = randomUUID();
    await callRoute(create, { headers, body: { mark } });
    expect(await callRoute(create, { headers, body: { mark, answer: 202 } })).toMatchObject({
      status: 409,
      body: { error: { code: 'idempotency_key_reused' } },
    });
  });

  it('keeps no failure, and no work of one', async () => {
    const { headers, workspaceId } = await signedIn();
    const mark = randomUUID();
    expect(await callRoute(create, { headers, body: { mark, answer: 409 } })).toMatchObject({ status: 409 });
    expect(await countDone(mark)).toBe(0);
    const kept = database().db.$count(idempotencyKeys, eq(idempotencyKeys.workspaceId, workspaceId));
    expect(await kept).toBe(0);
    expect(await callRoute(create, { headers, body: { mark } })).toMatchObject({ status: 201 });
  });

  it.each(['', 'k'.repeat(256)])('answers 422 to a key of a wrong length', async (key) => {
    const { headers } = await signedIn();
    const answer = await callRoute(create, {
      headers: { ...headers, 'idempotency-key': key },
      body: { mark: 'x' },
    });
    expect(answer.status).toBe(422);
    expect(answer.body.error?.issues).toMatchObject([{ path: 'Idempotency-Key' }]);
  });
});
