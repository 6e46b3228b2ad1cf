import { count, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { GET as eventsRoute } from '@/app/api/campaigns/[id]/events/route';
import { GET as exportRoute } from '@/app/api/campaigns/[id]/recipients.csv/route';
import { connect, database, type Database } from '@/db/client';
import { campaignCounters, campaigns } from '@/db/schema/campaigns';
import { inWorkspace } from '@/db/tenant';
import { csvAnswer } from '@/lib/api/csv-answer';
import { endpoint } from '@/lib/api/endpoint';
import { readAs } from '@/lib/auth/read-as';
import { openSession } from '@/lib/auth/sessions';
import { signAccessToken } from '@/lib/auth/tokens';
import { followCampaign } from '@/lib/campaigns/live';
import { getCampaign } from '@/lib/campaigns/queries';
import { isWallBinding } from '@/lib/operations/tenant-wall';
import type { WorkspaceId } from '@/lib/tenant';
import { callRoute } from '@/tests/support/request';
import { createCampaign, createWorkspace } from '@/tests/support/rows';
import { handle, json, type RouteHandler } from './route';

// Four connections for everybody, so that each serves one workspace after the other.
const shared = globalThis as typeof globalThis & { heraldDatabase?: Database; heraldCampaignWatch?: unknown };
shared.heraldDatabase = connect(process.env.DATABASE_URL ?? '', { max: 4 });
afterAll(() => database().close());

interface Tenant {
  workspaceId: WorkspaceId;
  campaignId: string;
  headers: { authorization: string };
}

async function signUpWithCampaign(recipients = 1): Promise<Tenant> {
  const { workspaceId, userId } = await createWorkspace();
  const { id: campaignId } = await createCampaign(workspaceId, userId, { count: recipients });
  const sessionId = await openSession(userId, 'api');
  const token = await signAccessToken({ userId, sessionId });
  return { workspaceId, campaignId, headers: { authorization: `Bearer ${token}` } };
}

const base = {
  tag: 'Operations',
  summary: 'For the test',
  auth: 'user',
  responses: { 200: z.any() },
} as const;

/** Handlers that forgot every condition. */
const careless = handle(endpoint({ ...base, method: 'GET', path: '/api/careless' }), async ({ db }) =>
  json(200, {
    given: await db.selectDistinct({ w: campaigns.workspaceId }).from(campaigns),
    taken: await database().db.selectDistinct({ w: campaigns.workspaceId }).from(campaigns),
  }),
);
const rename = handle(
  endpoint({
    ...base,
    method: 'POST',
    path: '/api/rename',
    idempotent: true,
    body: z.strictObject({ name: z.string(), fail: z.boolean() }),
  }),
  async ({ db, body }) => {
    await db.update(campaigns).set({ name: body.name });
    if (body.fail) await db.execute(sql`SELECT 1 / 0`);
    return json(200, { success: true });
  },
);
/** Reads only when the handler has long returned, as a download does: by the `db` it was given. */
const stream = handle(endpoint({ ...base, method: 'GET', path: '/api/stream' }), ({ db }) => {
  async function* chunks() {
    const rows = await db.selectDistinct({ w: campaigns.workspaceId }).from(campaigns);
    yield new TextEncoder().encode(JSON.stringify(rows));
  }
  return Promise.resolve(csvAnswer({ filename: 'x', chunks: chunks() }));
});

describe('behind the wall of a request', () => {
  let a: Tenant;
  let b: Tenant;

  beforeAll(async () => {
    [a, b] = [await signUpWithCampaign(), await signUpWithCampaign(3)];
    expect(await isWallBinding()).toBe(true);
  });

  it('keeps 50 concurrent requests of two workspaces on four connections apart', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, i) => {
        const tenant = i % 2 ? a : b;
        return { tenant, ...(await callRoute(careless, { headers: tenant.headers })) };
      }),
    );
    for (const { tenant, status, body } of answers) {
      expect(status).toBe(200);
      expect(body).toEqual({ given: [{ w: tenant.workspaceId }], taken: [{ w: tenant.workspaceId }] });
    }
  });

  it('changes nothing of others, in the transaction of an idempotent request too', async () => {
    const headers = { ...a.headers, 'idempotency-key': crypto.randomUUID() };
    const answer = await callRoute(rename, { headers, body: { name: 'Mine', fail: false } });
    expect(answer.status).toBe(200);
    expect(await nameOf(a)).toBe('Mine');
    expect(await nameOf(b)).toBe('Test campaign');
    const again = await callRoute(rename, { headers, body: { name: 'Mine', fail: false } });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });

  it('leaves no connection in its name, whether it went well or failed', async () => {
    for (let i = 0; i < 12; i++) {
      await callRoute(careless, { headers: a.headers });
      await callRoute(rename, { headers: a.headers, body: { name: 'Lost', fail: true } });
    }
    const settings = await Promise.all(
      Array.from({ length: 4 }, () =>
        database().sql.begin(async (tx) => {
          const [row] = await tx`SELECT current_setting('herald.workspace') AS w, pg_sleep(0.05)`;
          return row?.w as string;
        }),
      ),
    );
    expect(settings).toEqual(['*', '*', '*', '*']);
    expect(await nameOf(a)).toBe('Mine');
    const seen = await callRoute(careless, { headers: b.headers });
    expect(seen.body.taken).toEqual([{ w: b.workspaceId }]);
  });

  it('holds for what is read after the handler has returned', async () => {
    const response = await stream(request('/api/stream', a), { params: Promise.resolve({}) });
    expect(await response.json()).toEqual([{ w: a.workspaceId }]);
    const csv = await open(exportRoute, b);
    expect((await csv.text()).trim().split('\n')).toHaveLength(4);
  });

  it('lets two workspaces follow their campaigns live, whoever came first', async () => {
    const readers = [await eventsOf(a), await eventsOf(b)];
    for (const tenant of [a, b]) {
      await database()
        .db.update(campaignCounters)
        .set({ sent: 1, pending: sql`pending - 1` })
        .where(eq(campaignCounters.campaignId, tenant.campaignId));
    }
    for (const [i, read] of readers.entries())
      await expect(read('"sent":1')).resolves.toContain(`"id":"${(i ? b : a).campaignId}"`);
    for (const read of readers) await read(null);
  });

  it("shares one reading of the live view, in whoever's context it was started", async () => {
    delete shared.heraldCampaignWatch;
    const [first, second] = [await signUpWithCampaign(), await signUpWithCampaign()];
    const abort = new AbortController();
    const followers = await Promise.all(
      [first, second].map(({ workspaceId, campaignId }) =>
        inWorkspace(workspaceId, async () => {
          const seen = await getCampaign({ workspaceId, campaignId });
          const follower = followCampaign({ workspaceId, seen: { ...seen, sent: -1 } }, abort.signal);
          await follower.next();
          return follower;
        }),
      ),
    );
    for (const follower of followers) expect((await follower.next()).value).toMatchObject({ sent: 0 });
    abort.abort();
  });

  it('holds for what a page reads', async () => {
    const rows = await readAs(a, () => database().db.select({ n: count() }).from(campaigns));
    expect(rows).toEqual([{ n: 1 }]);
  });
});

async function nameOf({ campaignId }: Tenant): Promise<string | undefined> {
  const [row] = await database()
    .db.select({ name: campaigns.name })
    .from(campaigns)
    .where(eq(campaigns.id, campaignId));
  return row?.name;
}

function request(path: string, { headers }: Tenant): Request {
  return new Request(`http://127.0.0.1:3000${path}`, { headers });
}

function open(route: RouteHandler, tenant: Tenant): Promise<Response> {
  return route(request('/api/campaigns/x', tenant), { params: Promise.resolve({ id: tenant.campaignId }) });
}

/** Opens the live events; what it returns reads on until an event contains a text. null hangs up. */
async function eventsOf(tenant: Tenant) {
  const reader = (await open(eventsRoute, tenant)).body?.getReader();
  if (!reader) throw new Error('no events');
  const read = async (text: string | null): Promise<string> => {
    if (text === null) {
      await reader.cancel();
      return '';
    }
    for (;;) {
      const { value, done } = await reader.read();
      if (done) throw new Error('the events ended');
      const chunk = new TextDecoder().decode(value);
      if (chunk.includes(text)) return chunk;
    }
  };
  await read('"sent":0');
  return read;
}
