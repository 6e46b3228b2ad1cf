import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { templates } from '@/db/schema/senders';
import { createSender, createWorkspace } from '@/tests/support/rows';
import { startGraphServer, type GraphServer } from '@/tests/support/graph-server';
import { listTemplates } from './queries';
import { rememberMapping } from './remember-mapping';
import { syncTemplates, type SyncTemplates } from './sync';

let graph: GraphServer;
beforeAll(async () => {
  graph = await startGraphServer();
});
afterAll(() => graph.close());

const metaTemplate = (id: string, more: Record<string, unknown> = {}) => ({
  id,
  name: `template_${id}`,
  language: 'en_US',
  status: 'APPROVED',
  category: 'MARKETING',
  parameter_format: 'POSITIONAL',
  components: [{ type: 'BODY', text: 'Hi {{1}}', example: { body_text: [['Ana']] } }],
  quality_score: { score: 'GREEN', date: 1 },
  rejected_reason: 'NONE',
  ...more,
});

async function newSender(): Promise<SyncTemplates> {
  const { workspaceId, userId } = await createWorkspace();
  const sender = await createSender(workspaceId, userId);
  const access = { baseUrl: graph.url, version: 'v25.0', accessToken: 'token' };
  return { workspaceId, senderId: sender.id, wabaId: sender.wabaId, access };
}

async function shown({ workspaceId, senderId }: SyncTemplates, status?: string) {
  const list = await listTemplates(workspaceId, { senderId, status });
  return list.map((template) => [template.meta_id, template.status]);
}

function openGate(): () => void {
  let open = (): void => undefined;
  graph.gate = new Promise((resolve) => {
    open = resolve;
  });
  return () => {
    graph.gate = null;
    open();
  };
}

describe('a sync', () => {
  it('stores the templates of every page', async () => {
    const sender = await newSender();
    graph.templates = ['1', '2', '3', '4', '5'].map((id) => metaTemplate(id));
    expect(await syncTemplates(sender)).toMatchObject({
      templates: 5,
      totals: { added: 5, changed: 0, removed: 0 },
    });
    const [first] = await listTemplates(sender.workspaceId);
    expect(first).toMatchObject({
      meta_id: '1',
      name: 'template_1',
      category: 'MARKETING',
      quality_score: 'GREEN',
      parameters: [{ key: 'body_param_1', example: 'Ana' }],
    });
    expect(await shown(sender)).toHaveLength(5);
  });

  it('takes over what changed, under the same id, and marks what is gone as DELETED', async () => {
    const sender = await newSender();
    graph.templates = [metaTemplate('1'), metaTemplate('2')];
    await syncTemplates(sender);
    const before = await listTemplates(sender.workspaceId);
    const mapping = { body_param_1: { column: 'Name' } };
    await rememberMapping(before[0]?.id ?? 0, mapping, sender.workspaceId, database().db);
    graph.templates = [metaTemplate('1', { status: 'PAUSED', category: 'UTILITY' }), metaTemplate('3')];
    await syncTemplates(sender);
    expect(await shown(sender)).toEqual([
      ['1', 'PAUSED'],
      ['3', 'APPROVED'],
    ]);
    expect(await shown(sender, 'DELETED')).toEqual([['2', 'DELETED']]);
    const after = await listTemplates(sender.workspaceId);
    expect(after[0]).toMatchObject({ id: before[0]?.id, category: 'UTILITY', last_mapping: mapping });
  });

  it('brings a template back that Meta lists again', async () => {
    const sender = await newSender();
    graph.templates = [metaTemplate('1')];
    await syncTemplates(sender);
    graph.templates = [];
    await syncTemplates(sender);
    expect(await shown(sender)).toEqual([]);
    graph.templates = [metaTemplate('1')];
    await syncTemplates(sender);
    expect(await shown(sender)).toEqual([['1', 'APPROVED']]);
  });

  it('that cannot read changes nothing', async () => {
    const sender = await newSender();
    graph.templates = [metaTemplate('1')];
    await syncTemplates(sender);
    graph.failWith = 190;
    await expect(syncTemplates(sender)).rejects.toMatchObject({ code: 'whatsapp_token_invalid' });
    graph.failWith = null;
    expect(await shown(sender)).toEqual([['1', 'APPROVED']]);
  });

  it('many at once end in one row a template', async () => {
    const sender = await newSender();
    graph.templates = Array.from({ length: 12 }, (_, i) => metaTemplate(String(i)));
    await Promise.all(Array.from({ length: 6 }, () => syncTemplates(sender)));
    expect(await shown(sender)).toHaveLength(12);
  });

  it('never puts back what a webhook changed while it was reading', async () => {
    const sender = await newSender();
    graph.templates = [metaTemplate('1'), metaTemplate('2')];
    await syncTemplates(sender);
    const open = openGate();
    const requests = graph.requests.length;
    const reading = syncTemplates(sender);
    await expect.poll(() => graph.requests.length).toBeGreaterThan(requests);
    await database()
      .db.update(templates)
      .set({ status: 'PAUSED', updatedAt: new Date() })
      .where(and(eq(templates.workspaceId, sender.workspaceId), eq(templates.metaId, '1')));
    open();
    await reading;
    expect(await shown(sender)).toEqual([
      ['1', 'PAUSED'],
      ['2', 'APPROVED'],
    ]);
  });

  it('of one sender leaves the templates of others alone, also under the same Meta id', async () => {
    const [mine, theirs] = [await newSender(), await newSender()];
    graph.templates = [metaTemplate('1')];
    await syncTemplates(mine);
    await syncTemplates(theirs);
    graph.templates = [];
    await syncTemplates(mine);
    expect(await shown(mine)).toEqual([]);
    expect(await shown(theirs)).toEqual([['1', 'APPROVED']]);
  });

  it('for a sender of another workspace finds none', async () => {
    const [mine, theirs] = [await newSender(), await newSender()];
    await expect(syncTemplates({ ...theirs, workspaceId: mine.workspaceId })).rejects.toMatchObject({
      kind: 'not_found',
    });
  });

  it('tells what came, what changed and what went, by name', async () => {
    const sender = await newSender();
    graph.templates = ['1', '2', '3', '4'].map((id) => metaTemplate(id));
    await syncTemplates(sender);
    const text = { type: 'BODY', text: 'Hello {{1}}', example: { body_text: [['Ana']] } };
    graph.templates = [
      metaTemplate('1', { quality_score: { score: 'RED' } }),
      metaTemplate('2', { components: [text] }),
      metaTemplate('3'),
      metaTemplate('5', { name: 'a_new_one', language: 'es' }),
    ];
    const named = (id: string) => ({ name: `template_${id}`, language: 'en_US' });
    expect(await syncTemplates(sender)).toEqual({
      templates: 4,
      added: [{ name: 'a_new_one', language: 'es' }],
      changed: [named('1'), named('2')],
      removed: [named('4')],
      totals: { added: 1, changed: 2, removed: 1 },
    });
    expect((await syncTemplates(sender)).totals).toEqual({ added: 0, changed: 0, removed: 0 });
    graph.templates.push(metaTemplate('4'));
    expect(await syncTemplates(sender)).toMatchObject({ added: [named('4')], changed: [], removed: [] });
  });

  it.each([
    ['name', { name: 'renamed' }],
    ['language', { language: 'es' }],
    ['status', { status: 'PAUSED' }],
    ['category', { category: 'UTILITY' }],
    ['parameter format', { parameter_format: 'NAMED' }],
    ['rejection', { rejected_reason: 'SCAM' }],
    ['quality', { quality_score: null }],
  ])('counts another %s as a change', async (_, more) => {
    const sender = await newSender();
    graph.templates = [metaTemplate('1')];
    await syncTemplates(sender);
    graph.templates = [metaTemplate('1', more)];
    expect((await syncTemplates(sender)).totals).toEqual({ added: 0, changed: 1, removed: 0 });
  });

  it('takes the order of fields and a newly signed link to an example for no change', async () => {
    const sender = await newSender();
    const header = (link: string) => ({
      type: 'HEADER',
      format: 'IMAGE',
      example: { header_handle: [link] },
    });
    graph.templates = [metaTemplate('1', { components: [header('https://cdn.example.com/a.jpg?sig=1')] })];
    await syncTemplates(sender);
    const again = { example: { header_handle: ['https://cdn.example.com/a.jpg?sig=2'] }, format: 'IMAGE' };
    graph.templates = [metaTemplate('1', { components: [{ ...again, type: 'HEADER' }] })];
    expect((await syncTemplates(sender)).totals).toEqual({ added: 0, changed: 0, removed: 0 });
  });

  it('names the first hundred of each, and counts all', async () => {
    const sender = await newSender();
    graph.templates = Array.from({ length: 130 }, (_, i) => metaTemplate(String(i + 100)));
    const report = await syncTemplates(sender);
    expect(report.totals.added).toBe(130);
    expect(report.added).toHaveLength(100);
    expect(report.added[0]).toEqual({ name: 'template_100', language: 'en_US' });
  });
});
