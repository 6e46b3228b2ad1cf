import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { POST as createRoute } from '@/app/api/campaigns/create/route';
import { openSession } from '@/lib/auth/sessions';
import { signAccessToken } from '@/lib/auth/tokens';
import { callRoute } from '@/tests/support/request';
import { createSender, createTemplate, createWorkspace, recipientsOf } from '@/tests/support/rows';
import { GET as getRoute } from './[id]/route';
import { GET as sampleRoute } from './[id]/sample.csv/route';

async function newMember() {
  const { workspaceId, userId } = await createWorkspace();
  const sender = await createSender(workspaceId, userId);
  const sessionId = await openSession(userId, 'api');
  return { workspaceId, sender, authorization: `Bearer ${await signAccessToken({ userId, sessionId })}` };
}
type Member = Awaited<ReturnType<typeof newMember>>;

const get = (member: Member, id: number | string) =>
  callRoute(getRoute, { headers: { authorization: member.authorization }, params: { id: String(id) } });

const sample = (member: Member, id: number | string) =>
  sampleRoute(
    new Request('http://127.0.0.1:3000/api/templates/1/sample.csv', {
      headers: { authorization: member.authorization },
    }),
    { params: Promise.resolve({ id: String(id) }) },
  );

const components = [
  { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['https://cdn.example.com/a.jpg?x=1'] } },
  { type: 'BODY', text: 'Hi {{1}}, {{2}}', example: { body_text: [['مرحباً', '=40%']] } },
  {
    type: 'BUTTONS',
    buttons: [
      { type: 'URL', text: 'Go', url: 'https://e.com/{{1}}' },
      { type: 'QUICK_REPLY', text: 'No' },
    ],
  },
];

describe('GET /api/templates/:id', () => {
  it('answers one template as the list shows it', async () => {
    const member = await newMember();
    const { id } = await createTemplate(member.workspaceId, member.sender.id);
    const answer = await get(member, id);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ id, name: 'order_update', unsendable_reason: null });
  });

  it("another workspace's id is one that does not exist, and so is anything that is no id", async () => {
    const [mine, theirs] = [await newMember(), await newMember()];
    const { id } = await createTemplate(theirs.workspaceId, theirs.sender.id);
    const bodies = [];
    for (const each of [id, 2_147_483_646, 2_147_483_648, 0, 'x', '1.5', randomUUID()]) {
      const answer = await get(mine, each);
      expect(answer.status, String(each)).toBe(404);
      expect((await sample(mine, each)).status, String(each)).toBe(404);
      bodies.push(JSON.stringify(answer.body));
    }
    expect(new Set(bodies).size).toBe(1);
  });
});

describe('GET /api/templates/:id/sample.csv', () => {
  it('is a file that makes a campaign as it is, without a mapping', async () => {
    const member = await newMember();
    const { id } = await createTemplate(member.workspaceId, member.sender.id, { components });
    const answer = await sample(member, id);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe(
      'attachment; filename="order_update-en_US-sample.csv"',
    );
    const bytes = await answer.arrayBuffer();
    expect([...new Uint8Array(bytes).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);

    const form = new FormData();
    form.set('name', 'From the sample');
    form.set('template_id', String(id));
    form.set('file', new File([bytes], 'sample.csv', { type: 'text/csv' }));
    const made = await createRoute(
      new Request('http://127.0.0.1:3000/api/campaigns/create', {
        method: 'POST',
        headers: { authorization: member.authorization },
        body: form,
      }),
      { params: Promise.resolve({}) },
    );
    const body = (await made.json()) as { campaign_id: string };
    expect(made.status, JSON.stringify(body)).toBe(201);
    expect(body).toMatchObject({ rows: 3, imported: 3, invalid: 0, duplicates: 0 });
    const rows = await recipientsOf({ workspaceId: member.workspaceId, id: body.campaign_id });
    expect(rows.map(({ phone, cells }) => [phone, ...cells.slice(2)])).toEqual(
      ['+12025550143', '+12025550144', '+12025550145'].map((phone) => [
        phone,
        'https://cdn.example.com/a.jpg?x=1',
        'مرحباً',
        '=40%',
        'example',
      ]),
    );
  });
});
