import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { GET as healthRoute } from '@/app/api/health/route';
import { GET as metricsRoute } from '@/app/api/metrics/route';
import { connect, database } from '@/db/client';
import { workers } from '@/db/schema/engine';
import { useFreshDatabase } from '@/tests/support/fresh-database';
import { asAdmin } from '@/tests/support/postgres';
import { createCampaign, createWorkspace } from '@/tests/support/rows';
import { callRoute } from '@/tests/support/request';
import { checkHealth } from './health';

// Other files make workers too, at the same time.
await useFreshDatabase();

async function addWorker(leaseUntil: ReturnType<typeof sql>): Promise<string> {
  const id = randomUUID();
  await database().db.insert(workers).values({ id, hostname: 'test', pid: 1, version: '0', leaseUntil });
  return id;
}

describe('GET /api/health', () => {
  it('counts the workers whose lease runs, and not the dead', async () => {
    const before = await checkHealth();
    const live = await addWorker(sql`now() + interval '1 minute'`);
    const dead = await addWorker(sql`now() - interval '1 second'`);
    const answer = await callRoute(healthRoute);
    expect(answer).toMatchObject({ status: 200, body: { status: 'ok', database: 'ok' } });
    expect(answer.body.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(answer.body.workers).toBe((before.workers ?? 0) + 1);
    for (const id of [live, dead]) await database().db.delete(workers).where(eq(workers.id, id));
  });

  it('says what is wrong with a database that is away', async () => {
    const away = connect('postgres://nobody@127.0.0.1:1/none');
    expect(await checkHealth(away.db)).toMatchObject({
      status: 'unavailable',
      database: 'unreachable',
      workers: null,
      message: expect.stringContaining('DATABASE_URL') as string,
    });
    await away.close();
  });

  it('tells a database without tables apart from one that is away', async () => {
    const name = `empty_${randomUUID().replaceAll('-', '')}`;
    await asAdmin(`create database ${name}`);
    const url = new URL(process.env.DATABASE_URL ?? '');
    url.pathname = `/${name}`;
    const empty = connect(url.href);
    expect(await checkHealth(empty.db)).toMatchObject({ status: 'unavailable', database: 'not_migrated' });
    await empty.close();
  });
});

describe('GET /api/metrics', () => {
  const headers = { 'x-herald-client-ip': '127.0.0.1' };

  async function scrape(): Promise<string> {
    const response = await metricsRoute(new Request('http://127.0.0.1/api/metrics', { headers }), {
      params: Promise.resolve({}),
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    return response.text();
  }

  function value(text: string, series: string): number {
    const line = text.split('\n').find((each) => each.startsWith(`${series} `));
    return Number(line?.slice(series.length + 1));
  }

  it('shows campaigns by status and recipients by where they stand', async () => {
    const before = await scrape();
    const { workspaceId, userId } = await createWorkspace();
    await createCampaign(workspaceId, userId, { count: 3 });
    const after = await scrape();
    const rise = (series: string) => value(after, series) - value(before, series);
    expect(rise('herald_campaigns{status="draft"}')).toBeGreaterThanOrEqual(1);
    expect(rise('herald_recipients{status="pending"}')).toBeGreaterThanOrEqual(3);
    expect(value(after, 'herald_campaigns{status="stopped"}')).toBeGreaterThanOrEqual(0);
    expect(value(after, 'herald_workers')).toBeGreaterThanOrEqual(0);
    expect(after).toContain('process_resident_memory_bytes');
    expect(after).toContain('# TYPE herald_webhook_statuses_total counter');
  });

  it('is for this machine only', async () => {
    const answer = await callRoute(metricsRoute, { headers: { 'x-herald-client-ip': '192.0.2.7' } });
    expect(answer).toMatchObject({ status: 403, body: { error: { code: 'loopback_only' } } });
  });
});
