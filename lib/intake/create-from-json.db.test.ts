import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { campaignCounters, campaignEvents, campaigns } from '@/db/schema/campaigns';
import { rateLimits } from '@/db/schema/engine';
import { optOuts } from '@/db/schema/webhooks';
import { AppError } from '@/lib/errors';
import { listRecipients } from '@/lib/recipients/queries';
import { createSender, createTemplate, createWorkspace, recipientsOf } from '@/tests/support/rows';
import { createCampaignFromJson } from './create-from-json';
import { createCampaignBodySchema } from './schema';

async function setUp(template: Parameters<typeof createTemplate>[2] = {}) {
  const actor = await createWorkspace();
  const sender = await createSender(actor.workspaceId, actor.userId);
  const { id } = await createTemplate(actor.workspaceId, sender.id, template);
  const create = (recipients: unknown[], more: Record<string, unknown> = {}) =>
    createCampaignFromJson(
      actor,
      createCampaignBodySchema.parse({ name: 'Autumn', template_id: id, recipients, ...more }),
    );
  return { actor, sender, templateId: id, create };
}

async function failure(work: Promise<unknown>): Promise<AppError> {
  const error: unknown = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  if (error instanceof AppError) return error;
  throw new Error('it should have been refused', { cause: error });
}

const campaignsOf = (workspaceId: string) =>
  database().db.select().from(campaigns).where(eq(campaigns.workspaceId, workspaceId));

describe('a campaign made from JSON', () => {
  it('is a draft with its recipients, limiter, counters and first event', async () => {
    const { actor, sender, templateId, create } = await setUp();
    const made = await create([
      { country_code: '+1', phone_number: '1234567890', body_param_1: 'Ana' },
      { phone_number: 447911123456, country_code: 44, body_param_1: 7.5, header_param_1: null },
    ]);
    expect(made).toEqual({
      success: true,
      campaign_id: expect.any(String) as string,
      total_recipients: 2,
      message: 'Campaign created successfully',
      rows: 2,
      imported: 2,
      invalid: 0,
      duplicates: 0,
      suppressed: 0,
    });
    const [campaign] = await campaignsOf(actor.workspaceId);
    expect(campaign).toMatchObject({
      id: made.campaign_id,
      userId: actor.userId,
      senderId: sender.id,
      templateId,
      name: 'Autumn',
      status: 'draft',
      totalRecipients: 2,
      columns: ['country_code', 'phone_number', 'body_param_1'],
      mapping: { body_param_1: { column: 2, text: '' } },
      rateLimit: 50,
      workerCount: 10,
    });
    const rows = await recipientsOf({ workspaceId: actor.workspaceId, id: made.campaign_id });
    expect(rows.map((r) => [r.phone, r.callingCode, r.cells, r.status, r.pending])).toEqual([
      ['+11234567890', 1, ['+1', '1234567890', 'Ana'], 'pending', true],
      ['+447911123456', 44, ['44', '447911123456', '7.5'], 'pending', true],
    ]);
    expect(rows.map((r) => r.seq)).toEqual(rows.map((r) => r.seq).sort((a, b) => a - b));
    const { db } = database();
    const counters = await db
      .select()
      .from(campaignCounters)
      .where(eq(campaignCounters.campaignId, made.campaign_id));
    expect(counters).toMatchObject([{ pending: 2, sent: 0, failed: 0, skipped: 0, unconfirmed: 0 }]);
    expect(await db.select().from(rateLimits).where(eq(rateLimits.id, made.campaign_id))).toMatchObject([
      { rate: 50, workspaceId: actor.workspaceId },
    ]);
    expect(
      await db.select().from(campaignEvents).where(eq(campaignEvents.campaignId, made.campaign_id)),
    ).toMatchObject([{ kind: 'created', userId: actor.userId, detail: { imported: 2 } }]);
  });

  it('stores a number once, the first row of it, also over batches', async () => {
    const { actor, create } = await setUp();
    const recipients = Array.from({ length: 12_000 }, (_, i) => ({
      phone_number: `+1202555${String(i % 6_000).padStart(4, '0')}`,
      body_param_1: `Person ${i}`,
    }));
    const made = await create(recipients);
    expect(made).toMatchObject({ rows: 12_000, imported: 6_000, total_recipients: 6_000, duplicates: 6_000 });
    const rows = await recipientsOf({ workspaceId: actor.workspaceId, id: made.campaign_id });
    expect(rows.map((row) => row.cells[2])).toEqual(Array.from({ length: 6_000 }, (_, i) => `Person ${i}`));
  });

  it('stores numbers on the do-not-contact list: the engine skips them where it shows', async () => {
    const { actor, create } = await setUp();
    await database()
      .db.insert(optOuts)
      .values({ workspaceId: actor.workspaceId, phone: '+12025550001', source: 'manual', reason: 'asked' });
    const made = await create([{ phone_number: '+12025550001', body_param_1: 'Ana' }]);
    expect(made).toMatchObject({ imported: 1, suppressed: 0 });
  });

  it('sends text as WhatsApp takes it, and keeps it as it came', async () => {
    const { actor, create } = await setUp();
    const made = await create([{ phone_number: '+12025550001', body_param_1: ' Ana\n\tMaria      B ' }]);
    const key = { workspaceId: actor.workspaceId, campaignId: made.campaign_id };
    const { recipients } = await listRecipients({ ...key, limit: 10 });
    expect(recipients[0]?.params).toEqual({ body_param_1: 'Ana Maria B' });
    const [row] = await recipientsOf({ workspaceId: actor.workspaceId, id: made.campaign_id });
    expect(row?.cells[2]).toBe(' Ana\n\tMaria      B ');
  });

  it('keeps whatever a value holds, and a number of no one country', async () => {
    const { actor, create } = await setUp();
    const hostile = ['\\N', '\\n"\'', '{a,b}', 'NULL', 'a\r\n\u2028b', '😀 \u{1d54f} مرحبا', ',""', '0'];
    const british = hostile.map((text, i) => ({ phone_number: `+44740012345${i}`, body_param_1: text }));
    // Each call is a batch of its own: one has nothing but the row without a country.
    const [mixed, alone] = [
      await create([...british, { phone_number: '+80012345678', body_param_1: 'Freephone' }]),
      await create([{ phone_number: '+80012345678', body_param_1: 'Freephone' }]),
    ];
    const { workspaceId } = actor;
    const stored = await recipientsOf({ workspaceId, id: mixed.campaign_id });
    expect(stored.map((row) => row.cells.at(-1))).toEqual([...hostile, 'Freephone']);
    expect(stored.map((row) => row.country)).toEqual([...hostile.map(() => 'GB'), null]);
    const [only] = await recipientsOf({ workspaceId, id: alone.campaign_id });
    expect(only).toMatchObject({ phone: '+80012345678', callingCode: 800, country: null, variant: null });
  });

  it('takes 100,000 recipients in one call', async () => {
    const { create } = await setUp();
    const recipients = Array.from({ length: 100_000 }, (_, i) => ({
      phone_number: `+1202${String(i).padStart(7, '0')}`,
      body_param_1: 'Ana',
    }));
    expect(await create(recipients)).toMatchObject({ total_recipients: 100_000 });
  }, 90_000);
});

describe('all or nothing:', () => {
  it('every wrong row is named with its field, and nothing is stored', async () => {
    const { actor, create } = await setUp();
    const error = await failure(
      create([
        { phone_number: '+12025550001', body_param_1: 'Ana' },
        { phone_number: '12', country_code: '+1', body_param_1: 'Bob' },
        { phone_number: '+12025550002' },
        {},
        'Carl',
        { phone_number: '+12025550003', body_param_1: 'D', bodyparam2: 'typo', body_param_3: '' },
        { phone_number: ['+12025550004'], body_param_1: { a: 1 } },
      ]),
    );
    expect(error).toMatchObject({ kind: 'invalid', code: 'recipients_invalid' });
    expect(error.message).toContain('6 of 7 recipients are wrong');
    expect(error.issues.map(({ path }) => path)).toEqual([
      'recipients[1].phone_number',
      'recipients[2].body_param_1',
      'recipients[3].phone_number',
      'recipients[3].body_param_1',
      'recipients[4]',
      'recipients[5].bodyparam2',
      'recipients[6].phone_number',
      'recipients[6].body_param_1',
    ]);
    expect(await campaignsOf(actor.workspaceId)).toEqual([]);
  });

  it('of many wrong rows the first hundred are each named', async () => {
    const { create } = await setUp();
    const { issues } = await failure(create(Array.from({ length: 300 }, () => ({}))));
    expect(issues.map(({ path }) => path)).toEqual(
      Array.from({ length: 100 }, (_, i) => `recipients[${i}].phone_number`),
    );
  });

  it.each(['__proto__', 'constructor', 'toString'])('a key %s is a typo like any other', async (key) => {
    const { create } = await setUp();
    const row: unknown = JSON.parse(`{"phone_number":"+12025550001","body_param_1":"A","${key}":"x"}`);
    expect((await failure(create([row]))).issues.map(({ path }) => path)).toEqual([`recipients[0].${key}`]);
  });

  it('no recipients, and fields nobody knows, do not pass the edge', () => {
    const body = { name: 'A', template_id: 1, recipients: [] };
    expect(createCampaignBodySchema.safeParse(body).success).toBe(false);
    expect(createCampaignBodySchema.safeParse({ ...body, recipients: [{}], tenant: 1 }).success).toBe(false);
  });
});

describe('what the campaign stands on', () => {
  const row = { phone_number: '+12025550001', body_param_1: 'Ana' };

  it.each(['PAUSED', 'REJECTED', 'PENDING'])('a %s template is refused with its state', async (status) => {
    const { create } = await setUp({ status });
    const error = await failure(create([row]));
    expect(error).toMatchObject({ kind: 'invalid', code: 'template_not_approved' });
    expect(error.message).toContain(status);
  });

  it('template, sender and user of another workspace are not there', async () => {
    const [mine, theirs] = [await setUp(), await setUp()];
    for (const foreign of [
      { template_id: theirs.templateId },
      { sender_id: theirs.sender.id },
      { user_id: theirs.actor.userId },
    ]) {
      expect(await failure(mine.create([row], foreign))).toMatchObject({ kind: 'not_found' });
    }
    expect(await campaignsOf(mine.actor.workspaceId)).toEqual([]);
    expect(await campaignsOf(theirs.actor.workspaceId)).toEqual([]);
  });

  it("the template's own sender may be named, another one may not", async () => {
    const { actor, sender, create } = await setUp();
    const other = await createSender(actor.workspaceId, actor.userId);
    expect(await failure(create([row], { sender_id: other.id }))).toMatchObject({
      kind: 'invalid',
      issues: [{ path: 'sender_id' }],
    });
    const made = await create([row], { sender_id: sender.id, user_id: actor.userId });
    expect(made.total_recipients).toBe(1);
  });
});
