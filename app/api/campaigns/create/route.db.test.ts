import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { GET as listRoute } from '@/app/api/campaigns/[id]/recipients/route';
import { GET as exportRoute } from '@/app/api/campaigns/[id]/recipients.csv/route';
import { GET as rejectedRoute } from '@/app/api/campaigns/[id]/rejected.csv/route';
import type { RouteHandler } from '@/lib/http/route';
import { openSession } from '@/lib/auth/sessions';
import { signAccessToken } from '@/lib/auth/tokens';
import { createSender, createTemplate, createWorkspace } from '@/tests/support/rows';
import { POST as createRoute } from './route';

interface Caller {
  authorization: string;
  templateId: number;
}

async function signIn(): Promise<Caller> {
  const { workspaceId, userId } = await createWorkspace();
  const sender = await createSender(workspaceId, userId);
  const { id: templateId } = await createTemplate(workspaceId, sender.id);
  const sessionId = await openSession(userId, 'api');
  return { authorization: `Bearer ${await signAccessToken({ userId, sessionId })}`, templateId };
}

async function call(route: RouteHandler, request: Request, id?: string) {
  const response = await route(request, { params: Promise.resolve(id ? { id } : {}) });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (isJson ? JSON.parse(text) : {}) as Record<string, unknown> & {
      error?: { code: string; issues: { path: string }[] };
    },
  };
}

const url = 'http://127.0.0.1:3000/api/campaigns/create';

function createFromJson(caller: Caller, body: unknown, headers: Record<string, string> = {}) {
  const { authorization } = caller;
  return call(
    createRoute,
    new Request(url, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  );
}

function createFromCsv(caller: Caller, csv: string, headers: Record<string, string> = {}, name = 'Autumn') {
  const form = new FormData();
  form.set('name', name);
  form.set('template_id', String(caller.templateId));
  form.set('file', new File([csv], 'people.csv', { type: 'text/csv' }));
  const { authorization } = caller;
  return call(
    createRoute,
    new Request(url, { method: 'POST', headers: { authorization, ...headers }, body: form }),
  );
}

function get(route: RouteHandler, caller: Caller, id: string, query = '') {
  const { authorization } = caller;
  return call(
    route,
    new Request(`http://127.0.0.1:3000/api/campaigns/${id}/x${query}`, { headers: { authorization } }),
    id,
  );
}

const csv = 'phone_number,body_param_1\n+12025550001,Ana\n12,Bob\n+12025550002,=Carl\n+12025550001,Dora\n';

describe('POST /api/campaigns/create', () => {
  it('as JSON answers 201 in the contract’s words', async () => {
    const caller = await signIn();
    const recipients = [{ country_code: '+1', phone_number: '1234567890', body_param_1: 'Ana' }];
    const answer = await createFromJson(caller, {
      name: 'Autumn',
      template_id: caller.templateId,
      recipients,
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      success: true,
      campaign_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      total_recipients: 1,
      message: 'Campaign created successfully',
    });
  });

  it('as JSON names the wrong rows with 422', async () => {
    const caller = await signIn();
    const recipients = [
      { phone_number: '+12025550001', body_param_1: 'Ana' },
      { phone_number: '+12025550002' },
    ];
    const answer = await createFromJson(caller, {
      name: 'Autumn',
      template_id: caller.templateId,
      recipients,
    });
    expect(answer.status).toBe(422);
    expect(answer.body.error?.issues.map(({ path }) => path)).toEqual(['recipients[1].body_param_1']);
  });

  it('refuses an empty list and fields nobody knows with 422', async () => {
    const caller = await signIn();
    const body = { name: 'Autumn', template_id: caller.templateId, recipients: [] };
    const answer = await createFromJson(caller, { ...body, workspace_id: randomUUID() });
    expect(answer.status).toBe(422);
    expect(answer.body.error?.issues.map(({ path }) => path).sort()).toEqual(['recipients', 'workspace_id']);
  });

  it('as a form answers how many rows went where, and serves what was left out', async () => {
    const caller = await signIn();
    const answer = await createFromCsv(caller, csv);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      success: true,
      total_recipients: 2,
      rows: 4,
      imported: 2,
      invalid: 1,
      duplicates: 1,
      suppressed: 0,
    });
    const id = String(answer.body.campaign_id);
    const list = await get(listRoute, caller, id, '?limit=1');
    expect(list.body).toMatchObject({
      recipients: [{ to: '+12025550001', country_code: '+1', phone_number: '2025550001', status: 'pending' }],
      next_cursor: expect.any(String) as string,
    });
    const rejected = await get(rejectedRoute, caller, id);
    expect(rejected.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(rejected.headers.get('content-disposition')).toBe('attachment; filename="Autumn-rejected.csv"');
    expect(rejected.text.split('\r\n').map((line) => line.split(',')[0])).toEqual([
      'phone_number',
      '12',
      `"'+12025550001"`,
      '',
    ]);
    const exported = await get(exportRoute, caller, id, '?status=pending');
    expect(exported.text).toContain(`"'+12025550002","'=Carl",pending,,`);
  });

  it('what it exports, it can read again', async () => {
    const caller = await signIn();
    const first = await createFromCsv(caller, csv);
    const exported = await get(exportRoute, caller, String(first.body.campaign_id));
    const second = await createFromCsv(caller, `\ufeff${exported.text}`);
    expect(second.body).toMatchObject({ imported: 2, invalid: 0 });
    const again = await get(exportRoute, caller, String(second.body.campaign_id));
    expect(again.text.split('\r\n').map((line) => line.split(',').slice(0, 2))).toEqual(
      exported.text.split('\r\n').map((line) => line.split(',').slice(0, 2)),
    );
  });

  it('with an Idempotency-Key makes one campaign, in either form', async () => {
    const caller = await signIn();
    const key = () => ({ 'idempotency-key': randomUUID() });
    const body = {
      name: 'Autumn',
      template_id: caller.templateId,
      recipients: [{ phone_number: '+12025550001', body_param_1: 'Ana' }],
    };
    for (const create of [
      (headers: Record<string, string>, name: string) => createFromJson(caller, { ...body, name }, headers),
      (headers: Record<string, string>, name: string) => createFromCsv(caller, csv, headers, name),
    ]) {
      const headers = key();
      const [one, two] = await Promise.all([create(headers, 'A'), create(headers, 'A')]);
      expect([one.status, two.status]).toEqual([201, 201]);
      expect(two.body).toEqual(one.body);
      expect((await create(headers, 'B')).status).toBe(409);
      expect((await create(key(), 'A')).body.campaign_id).not.toBe(one.body.campaign_id);
    }
  });

  it('is refused without a sign-in, and as neither JSON nor form', async () => {
    const caller = await signIn();
    const form = new FormData();
    form.set('name', 'A');
    expect((await call(createRoute, new Request(url, { method: 'POST', body: form }))).status).toBe(401);
    const { authorization } = caller;
    const text = new Request(url, {
      method: 'POST',
      headers: { authorization, 'content-type': 'text/csv' },
      body: csv,
    });
    expect((await call(createRoute, text)).status).toBe(415);
  });

  it('takes a file of many megabytes', async () => {
    const caller = await signIn();
    const rows = Array.from(
      { length: 30_000 },
      (_, i) => `+1202${String(i).padStart(7, '0')},${'x'.repeat(150)}`,
    );
    const answer = await createFromCsv(caller, `phone_number,body_param_1\n${rows.join('\n')}`);
    expect(answer.body).toMatchObject({ imported: 30_000 });
  });
});

describe('another workspace’s campaign', () => {
  it.each([
    ['recipients', listRoute],
    ['recipients.csv', exportRoute],
    ['rejected.csv', rejectedRoute],
  ])('%s answers like one that does not exist', async (_, route) => {
    const [mine, theirs] = [await signIn(), await signIn()];
    const made = await createFromCsv(theirs, csv);
    const foreign = await get(route, mine, String(made.body.campaign_id));
    const missing = await get(route, mine, randomUUID());
    expect([foreign.status, missing.status]).toEqual([404, 404]);
    expect(foreign.body).toEqual(missing.body);
    expect((await get(route, mine, 'not-an-id')).status).toBe(404);
  });

  it('cannot lend its template', async () => {
    const [mine, theirs] = [await signIn(), await signIn()];
    const answer = await createFromCsv({ ...mine, templateId: theirs.templateId }, csv);
    expect(answer.status).toBe(404);
  });
});
