import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import { inboundMessages, optOuts, pastAttempts } from '@/db/schema/webhooks';
import { deleteCampaign } from '@/lib/campaigns/delete';
import { getCampaign } from '@/lib/campaigns/queries';
import { listTimeline } from '@/lib/campaigns/timeline';
import { erasedPhone } from '@/lib/recipients/erased';
import { exportRejectedRows } from '@/lib/recipients/export';
import { attributeReplies } from '@/lib/replies/attribute';
import { applyReceipts } from '@/lib/recipients/receipts';
import { asWorkspaceId } from '@/lib/tenant';
import { placeRecipient, receiptOf } from '@/tests/support/receipts';
import { createCampaign, createTemplate, createWorkspace, recipientsOf } from '@/tests/support/rows';
import { readAudience } from './audience';
import { FOLLOW_UP_AUDIENCES } from './audiences';
import { followUpBodySchema } from './body-schema';
import { listFollowUpChoices } from './choices';
import { createFollowUp } from './create';
import type { Audience } from './schema';

const SENT = `pending = false, state = 'accepted', attempt = 1, accepted_at = '2026-05-01T10:00:00.700Z'`;
const DELIVERED = `${SENT}, delivered_at = '2026-05-01T10:00:05Z'`;
const READ = `${DELIVERED}, read_at = '2026-05-01T10:01:00Z'`;
const failedWith = (code: number | null) =>
  `pending = false, state = 'failed', attempt = 1, failed_at = '2026-05-01T10:00:01Z', error_code = ${code}`;

/** What became of each, in upload order; the names are what the tests speak of. */
const FATES: [name: string, assignments: string | null][] = [
  ['waiting', null],
  ['sent', SENT],
  ['delivered', DELIVERED],
  ['read', READ],
  ['answered', READ],
  ['wrote', READ],
  ['wrote late', READ],
  ['wrote before', READ],
  ['answered unread', DELIVERED],
  ['answered the first attempt', READ],
  ['answered something else', READ],
  ['unreachable', failedWith(131026)],
  ['capped', failedWith(131049)],
  ['failed without a code', failedWith(null)],
  ['skipped', `pending = false, state = 'skipped'`],
  ['in doubt', `pending = false, state = 'in_doubt', attempt = 1, doubt_at = now()`],
  ['stopped', READ],
  ['erased', READ],
];

async function setUp() {
  const actor = await createWorkspace();
  const { workspaceId } = actor;
  const campaign = await createCampaign(workspaceId, actor.userId, {
    count: FATES.length,
    values: {
      name: 'Spring',
      status: 'completed',
      completedAt: new Date(),
      createdAt: new Date('2026-05-01T09:00:00Z'),
      listSource: 'file',
      listName: 'people.csv',
      // The uploaded number has no country: the one that was written to must be taken.
      columns: ['Mobile', 'First name'],
    },
  });
  const rows = (await recipientsOf(campaign)).map((row, i) => ({ ...row, phone: `+12025550${100 + i}` }));
  const named = new Map(FATES.map(([name], i) => [name, rows[i]]));
  const row = (name: string) => {
    const found = named.get(name);
    if (!found) throw new Error(`nobody is called ${name}`);
    return found;
  };
  for (const [name, assignments] of FATES) {
    const cells = JSON.stringify([row(name).phone.slice(2), name]);
    await placeRecipient(
      campaign,
      row(name).id,
      [
        `phone = '${row(name).phone}'`,
        `cells = '${cells}'`,
        `wamid = 'wamid.${row(name).id}'`,
        ...(assignments ? [assignments] : []),
      ].join(', '),
    );
  }
  await placeRecipient(campaign, row('erased').id, `phone = '${erasedPhone(row('erased').id)}'`);
  await writeBack({ campaign, row });
  const of = { workspaceId, campaignId: campaign.id };
  return { actor, campaign, of, row };
}

type World = Pick<Awaited<ReturnType<typeof setUp>>, 'campaign' | 'row'>;

async function writeBack({ campaign, row }: World): Promise<void> {
  const { id: campaignId, senderId } = campaign;
  const workspaceId = asWorkspaceId(campaign.workspaceId);
  const { db } = database();
  const first = {
    recipientId: row('answered the first attempt').id,
    attempt: 1,
    wamid: `wamid.${randomUUID()}`,
  };
  await db
    .insert(pastAttempts)
    .values({ workspaceId, campaignId, ...first, outcome: 'failed', endedAt: new Date() });
  const message = (name: string, at: string, contextWamid: string | null, withPhone = true) => ({
    workspaceId,
    senderId,
    wamid: `wamid.${randomUUID()}`,
    phone: withPhone ? row(name).phone : null,
    kind: 'text',
    body: 'Thanks',
    contextWamid,
    raw: {},
    receivedAt: new Date(at),
  });
  const messages = await db
    .insert(inboundMessages)
    .values([
      // WhatsApp may know the person by another form of the number, or by none.
      message('answered', '2026-06-30T10:00:00Z', `wamid.${row('answered').id}`, false),
      message('answered unread', '2026-05-01T10:02:00Z', `wamid.${row('answered unread').id}`),
      message('answered the first attempt', '2026-05-01T10:02:00Z', first.wamid),
      // Within the second the message was taken in: WhatsApp's clock has whole seconds.
      message('wrote', '2026-05-01T10:00:00Z', null),
      message('wrote late', '2026-05-08T10:00:01Z', null),
      message('wrote before', '2026-05-01T09:59:59Z', null),
      message('answered something else', '2026-05-01T10:02:00Z', 'wamid.of-another-campaign'),
      { ...message('read', '2026-05-01T10:02:00Z', null), senderId: randomUUID() },
    ])
    .returning({ id: inboundMessages.id });
  await attributeReplies({ workspaceId, messageIds: messages.map(({ id }) => id) }, db);
}

type Of = Awaited<ReturnType<typeof setUp>>['of'];

const membersOf = (of: Of, audience: Audience) =>
  database().db.transaction(async (tx) => {
    const names: (string | undefined)[] = [];
    for await (const batch of readAudience(of, audience, tx))
      names.push(...batch.map(({ cells }) => cells[1]));
    return names;
  });

const REPLIED = ['answered', 'wrote', 'answered unread', 'answered the first attempt'];

describe('an audience is exactly who it says, in upload order', () => {
  it.each<[Audience, string[]]>([
    [{ audience: 'not_read' }, ['sent', 'delivered', 'answered unread']],
    [
      { audience: 'read_not_replied' },
      ['read', 'wrote late', 'wrote before', 'answered something else', 'stopped'],
    ],
    [{ audience: 'replied' }, REPLIED],
    [{ audience: 'failed' }, ['unreachable', 'capped', 'failed without a code']],
    [{ audience: 'failed', error_code: 131049 }, ['capped']],
    [{ audience: 'failed', error_code: null }, ['failed without a code']],
    [{ audience: 'failed', error_code: 4711 }, []],
    [{ audience: 'everyone' }, FATES.map(([name]) => name).filter((name) => name !== 'erased')],
  ])('%j', async (audience, names) => {
    const { of } = await setUp();
    expect(await membersOf(of, audience)).toEqual(names);
  });

  it('and is counted as it is listed, but for who was erased since', async () => {
    const { of } = await setUp();
    const { audiences, columns } = await listFollowUpChoices(of);
    const countOf = (wanted: string) => audiences.find(({ audience }) => audience === wanted)?.count;
    for (const audience of FOLLOW_UP_AUDIENCES) {
      const listed = await membersOf(of, { audience });
      const erased = ['read', 'read_not_replied', 'delivered', 'everyone'].includes(audience) ? 1 : 0;
      expect([audience, countOf(audience)]).toEqual([audience, listed.length + erased]);
    }
    expect(audiences.filter(({ error_code }) => error_code !== undefined)).toEqual([
      { audience: 'failed', error_code: 131026, count: 1 },
      { audience: 'failed', error_code: 131049, count: 1 },
      { audience: 'failed', error_code: null, count: 1 },
    ]);
    expect(columns).toEqual(['phone_number', 'Mobile', 'First name']);
  });
});

const bodyOf = (templateId: number, more: object = {}) =>
  followUpBodySchema.parse({
    name: 'Reminder',
    template_id: templateId,
    audience: 'read_not_replied',
    ...more,
  });

describe('a follow-up', () => {
  it('leaves out who is on the do-not-contact list, and says so; its columns and its numbers are the first ones', async () => {
    const { actor, campaign, of, row } = await setUp();
    const { workspaceId } = actor;
    await database()
      .db.insert(optOuts)
      .values({ workspaceId, phone: row('stopped').phone, source: 'stop_word', reason: 'STOP' });
    const template = await createTemplate(workspaceId, campaign.senderId);
    const mapping = { body_param_1: { column: 'First name', text: 'friend' } };
    const made = await createFollowUp(actor, {
      campaignId: of.campaignId,
      body: bodyOf(template.id, { mapping }),
    });
    expect(made).toMatchObject({ rows: 5, imported: 4, total_recipients: 4, suppressed: 1, invalid: 0 });
    const created = await recipientsOf({ workspaceId, id: made.campaign_id });
    expect(created.map(({ phone, cells, status }) => [phone, cells[2], status])).toEqual(
      ['read', 'wrote late', 'wrote before', 'answered something else'].map((name) => [
        row(name).phone,
        name,
        'pending',
      ]),
    );
    const shown = await getCampaign({ workspaceId, campaignId: made.campaign_id });
    expect(shown).toMatchObject({
      status: 'draft',
      pending: 4,
      list: { source: 'file', name: 'people.csv', attested: false },
      follows: { campaign_id: of.campaignId, name: 'Spring', audience: 'read_not_replied' },
    });
    const file = await exportRejectedRows({ workspaceId, campaignId: made.campaign_id });
    const chunks = [];
    for await (const chunk of file.chunks) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toContain('stopped');
  });

  it('is frozen: what is reported later changes nobody in it', async () => {
    const { actor, campaign, of, row } = await setUp();
    const body = bodyOf(campaign.templateId, { audience: 'not_read' });
    const made = await createFollowUp(actor, { campaignId: of.campaignId, body });
    const listed = async () =>
      (await recipientsOf({ workspaceId: of.workspaceId, id: made.campaign_id })).map(({ phone }) => phone);
    const before = await listed();
    expect(before).toEqual(['sent', 'delivered', 'answered unread'].map((name) => row(name).phone));
    await applyReceipts(['sent', 'delivered'].map((name) => receiptOf(campaign, row(name).id, 'read')));
    expect(await membersOf(of, { audience: 'not_read' })).toEqual(['answered unread']);
    expect(await listed()).toEqual(before);
  });

  it('with the same template is mapped as the first time, when nothing else is said', async () => {
    const { actor, campaign, of } = await setUp();
    const body = bodyOf(campaign.templateId, { audience: 'failed', error_code: 131049 });
    const made = await createFollowUp(actor, { campaignId: of.campaignId, body });
    const [stored] = await database().db.select().from(campaigns).where(eq(campaigns.id, made.campaign_id));
    expect(stored?.columns).toEqual(['phone_number', 'Mobile', 'First name']);
    expect(stored?.mapping).toEqual({ body_param_1: { column: 2, text: '' } });
    const other = await createTemplate(of.workspaceId, campaign.senderId);
    await expect(
      createFollowUp(actor, { campaignId: of.campaignId, body: bodyOf(other.id) }),
    ).rejects.toMatchObject({ code: 'mapping_invalid' });
  });

  it('of a test is filled as the message with its template was; between two of one template it asks', async () => {
    const { actor, campaign, of } = await setUp();
    const other = await createTemplate(of.workspaceId, campaign.senderId);
    const filled = (text: string) => ({ body_param_1: { column: 1, text } });
    const variant = (template_id: number, text: string) => ({
      template_id,
      share: 33,
      mapping: filled(text),
    });
    await database()
      .db.update(campaigns)
      .set({
        variants: [
          variant(campaign.templateId, 'first'),
          variant(other.id, 'second'),
          variant(campaign.templateId, 'third'),
        ],
      })
      .where(eq(campaigns.id, campaign.id));
    const follow = async (templateId: number, more: object = {}) => {
      const made = await createFollowUp(actor, {
        campaignId: of.campaignId,
        body: bodyOf(templateId, { audience: 'replied', ...more }),
      });
      const [stored] = await database().db.select().from(campaigns).where(eq(campaigns.id, made.campaign_id));
      return stored?.mapping;
    };
    const here = (text: string) => ({ body_param_1: { column: 2, text } });
    expect(await follow(other.id)).toEqual(here('second'));
    await expect(follow(campaign.templateId)).rejects.toMatchObject({
      kind: 'invalid',
      issues: [{ path: 'message', message: expect.stringContaining('Messages A, C') as string }],
    });
    expect(await follow(campaign.templateId, { message: 'C' })).toEqual(here('third'));
    expect(await follow(campaign.templateId, { message: 'A' })).toEqual(here('first'));
    const mapping = { body_param_1: { column: 'First name', text: 'own' } };
    expect(await follow(campaign.templateId, { mapping })).toEqual(here('own'));
    for (const [templateId, more] of [
      [campaign.templateId, { message: 'B' }],
      [campaign.templateId, { message: 'D' }],
      [campaign.templateId, { message: 'A', mapping }],
    ] as const)
      await expect(follow(templateId, more)).rejects.toMatchObject({ code: 'message_invalid' });
  });

  it('of a campaign with one message has no message to name', async () => {
    const { actor, campaign, of } = await setUp();
    const body = bodyOf(campaign.templateId, { message: 'A' });
    await expect(createFollowUp(actor, { campaignId: of.campaignId, body })).rejects.toMatchObject({
      code: 'message_invalid',
    });
  });

  it('stands in both timelines; once it is deleted the first campaign does not name it any more', async () => {
    const { actor, campaign, of } = await setUp();
    const body = bodyOf(campaign.templateId, { audience: 'failed', error_code: 131026 });
    const made = await createFollowUp(actor, { campaignId: of.campaignId, body });
    const timelineOf = async (campaignId: string) =>
      (await listTimeline({ workspaceId: of.workspaceId, campaignId, limit: 10 })).events;
    const follows = { campaign_id: of.campaignId, name: 'Spring', audience: 'failed', error_code: 131026 };
    expect(await timelineOf(made.campaign_id)).toMatchObject([{ kind: 'created', detail: { follows } }]);
    expect(await timelineOf(of.campaignId)).toMatchObject([
      {
        kind: 'followed_up',
        user: { id: actor.userId },
        detail: { campaign_id: made.campaign_id, name: 'Reminder', audience: 'failed', recipients: 1 },
      },
    ]);
    await deleteCampaign({ actor, campaignId: made.campaign_id });
    expect(await timelineOf(of.campaignId)).toEqual([]);
  });

  it('outlives the campaign it follows', async () => {
    const { actor, campaign, of } = await setUp();
    const body = bodyOf(campaign.templateId);
    const made = await createFollowUp(actor, { campaignId: of.campaignId, body });
    await deleteCampaign({ actor, campaignId: of.campaignId });
    const shown = await getCampaign({ workspaceId: of.workspaceId, campaignId: made.campaign_id });
    expect(shown.follows).toMatchObject({ campaign_id: of.campaignId, name: null });
    expect(shown.pending).toBeGreaterThan(0);
  });

  it('of nobody is refused, and nothing is stored', async () => {
    const { actor, campaign, of } = await setUp();
    const { workspaceId } = of;
    const stored = () => database().db.$count(campaigns, eq(campaigns.workspaceId, workspaceId));
    const body = bodyOf(campaign.templateId, { audience: 'failed', error_code: 4711 });
    await expect(createFollowUp(actor, { campaignId: of.campaignId, body })).rejects.toMatchObject({
      code: 'nobody_in_audience',
    });
    expect(await stored()).toBe(1);
  });

  it('of another workspace’s campaign is a 404, and so are its choices', async () => {
    const [mine, theirs] = [await setUp(), await setUp()];
    const body = bodyOf(mine.campaign.templateId);
    const foreign = { ...mine.of, campaignId: theirs.of.campaignId };
    await expect(createFollowUp(mine.actor, { campaignId: foreign.campaignId, body })).rejects.toMatchObject({
      kind: 'not_found',
    });
    await expect(listFollowUpChoices(foreign)).rejects.toMatchObject({ kind: 'not_found' });
    expect(await membersOf(foreign, { audience: 'everyone' })).toEqual([]);
    expect(await membersOf(foreign, { audience: 'replied' })).toEqual([]);
  });
});
