import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { dailyLimits, dailyRecipients } from '@/db/schema/daily-limit';
import { auditEvents } from '@/db/schema/accounts';
import { campaigns as campaignsTable, rejectedRows } from '@/db/schema/campaigns';
import { recipients } from '@/db/schema/recipients';
import { inboundMessages, pastAttempts } from '@/db/schema/webhooks';
import { retryRecipients } from '@/lib/engine/retry';
import { addOptOutsByHand } from '@/lib/opt-outs/add-by-hand';
import { removeOptOut } from '@/lib/opt-outs/mutations';
import { isOptedOut } from '@/lib/opt-outs/queries';
import { listRecipients } from '@/lib/recipients/queries';
import { applyReceipts } from '@/lib/recipients/receipts';
import { settleRecipients } from '@/lib/recipients/settle';
import { findUnbalancedCampaigns } from '@/lib/stats/audit';
import type { Actor } from '@/lib/tenant';
import { createCampaign, createSender, createWorkspace, recipientsOf } from '@/tests/support/rows';
import { recount } from '@/tests/support/receipts';
import { eraseContact } from './erase';
import { exportContact } from './export';
import { getContact } from './queries';
import { contactExportSchema, contactSchema } from './schema';

const PHONE = '+12025550123';
const at = new Date('2026-11-23T10:00:00Z');

interface InCampaign {
  status?: (typeof campaignsTable.$inferInsert)['status'];
  name?: string;
  createdAt?: Date;
  row?: Partial<typeof recipients.$inferInsert>;
}

/** A campaign of two: a neighbour, and the number the test is about. */
async function addCampaign({ workspaceId, userId }: Actor, senderId: string, given: InCampaign = {}) {
  const { status = 'completed', name = 'Autumn', createdAt, row } = given;
  const campaign = await createCampaign(workspaceId, userId, {
    count: 2,
    senderId,
    values: { status, name, createdAt, completedAt: status === 'completed' ? at : null },
  });
  const [neighbour, person] = await recipientsOf(campaign);
  if (!neighbour || !person) throw new Error('no recipients');
  const values = { phone: PHONE, cells: [PHONE, 'Ana'], ...row };
  await database()
    .db.update(recipients)
    .set(values)
    .where(and(eq(recipients.workspaceId, workspaceId), eq(recipients.id, person.id)));
  return { ...campaign, neighbour, person };
}

const FAILED = {
  pending: false,
  state: 'failed',
  failedAt: at,
  attempt: 1,
  errorCode: 131026,
  errorMessage: 'Message undeliverable',
  wamid: 'wamid.of-ana',
} as const;

async function setUp() {
  const actor = await createWorkspace();
  const sender = await createSender(actor.workspaceId, actor.userId);
  const key = { workspaceId: actor.workspaceId, phone: PHONE };
  const wrote = (body: string, receivedAt: Date) =>
    database()
      .db.insert(inboundMessages)
      .values({
        ...key,
        senderId: sender.id,
        wamid: randomUUID(),
        kind: 'text',
        body,
        raw: { from: '12025550123' },
        receivedAt,
      });
  return { actor, sender, key, wrote };
}

describe('a contact', () => {
  it('shows its list entry with history, its campaigns newest first, and what it wrote', async () => {
    const { actor, sender, key, wrote } = await setUp();
    await addCampaign(actor, sender.id, { name: 'Old', createdAt: new Date('2026-01-01'), row: FAILED });
    const fresh = await addCampaign(actor, sender.id, {
      name: 'New',
      row: { pending: false, state: 'accepted', acceptedAt: at, deliveredAt: at },
    });
    await wrote('Hello', new Date('2026-11-01'));
    await wrote('Stop please', new Date('2026-11-02'));
    await addOptOutsByHand(actor, { phones: [PHONE], reason: 'Asked' });
    await removeOptOut(actor, { phone: PHONE, reason: 'Mistake' });
    await addOptOutsByHand(actor, { phones: [PHONE], reason: 'Asked again' });

    const contact = await getContact({ ...key, limit: 10 });
    expect(contactSchema.parse(contact)).toEqual(contact);
    expect(contact.opt_out).toMatchObject({ source: 'manual', reason: 'Asked again' });
    expect(contact.history.map(({ kind, reason, was }) => [kind, reason, was?.reason])).toEqual([
      ['opt_out_added', 'Asked again', undefined],
      ['opt_out_removed', 'Mistake', 'Asked'],
      ['opt_out_added', 'Asked', undefined],
    ]);
    expect(contact.campaigns).toMatchObject([
      { campaign_id: fresh.id, name: 'New', status: 'delivered', sent_at: at.toISOString(), read_at: null },
      { name: 'Old', status: 'failed', error_code: 131026, error_remedy: expect.any(String) as string },
    ]);
    expect(contact.messages).toMatchObject({ count: 2, latest: { text: 'Stop please', kind: 'text' } });
  });

  it('of another workspace is not known here', async () => {
    const { actor, sender, wrote } = await setUp();
    await addCampaign(actor, sender.id);
    await wrote('Hello', at);
    await addOptOutsByHand(actor, { phones: [PHONE], reason: 'Asked' });
    const { workspaceId } = await createWorkspace();
    expect(await getContact({ workspaceId, phone: PHONE, limit: 10 })).toEqual({
      phone: PHONE,
      opt_out: null,
      history: [],
      campaigns: [],
      next_cursor: null,
      messages: { count: 0, latest: null },
    });
  });

  it('with many campaigns is paged without a gap or a repeat', async () => {
    const { actor, sender, key } = await setUp();
    const ids: string[] = [];
    for (let i = 0; i < 7; i += 1)
      ids.unshift(
        (await addCampaign(actor, sender.id, { createdAt: new Date(Date.UTC(2026, 1, 1 + (i >> 1))) })).id,
      );
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await getContact({ ...key, limit: 3, cursor });
      seen.push(...page.campaigns.map(({ campaign_id }) => campaign_id));
      cursor = page.next_cursor ?? undefined;
    } while (cursor);
    expect([...seen].sort()).toEqual([...ids].sort());
    expect(new Set(seen).size).toBe(7);
    await expect(getContact({ ...key, limit: 3, cursor: 'x' })).rejects.toMatchObject({ kind: 'malformed' });
  });
});

describe('an export', () => {
  it('holds all of one person and nothing of another', async () => {
    const { actor, sender, key, wrote } = await setUp();
    const campaign = await addCampaign(actor, sender.id, { row: FAILED });
    await database().db.insert(pastAttempts).values({
      workspaceId: key.workspaceId,
      campaignId: campaign.id,
      recipientId: campaign.person.id,
      attempt: 1,
      outcome: 'failed',
      errorCode: 131049,
      endedAt: at,
    });
    const left = {
      workspaceId: key.workspaceId,
      campaignId: campaign.id,
      code: 'duplicate' as const,
      reason: 'Twice.',
    };
    await database()
      .db.insert(rejectedRows)
      .values([
        { ...left, rowNumber: 3, cells: ['+1 (202) 555-0123', 'Ana again'] },
        { ...left, rowNumber: 4, cells: ['2025550123', 'Perhaps another'] },
        { ...left, rowNumber: 5, cells: ['+12025550124', 'Bob'] },
      ]);
    await wrote('Hello', at);
    await addOptOutsByHand(actor, { phones: [PHONE], reason: 'Asked' });

    const file = await exportContact(key);
    expect(contactExportSchema.parse(file)).toEqual(file);
    expect(file.campaigns).toMatchObject([
      {
        campaign_id: campaign.id,
        values: { phone_number: PHONE, body_param_1: 'Ana' },
        past_attempts: [{ attempt: 1, outcome: 'failed', error_code: 131049 }],
      },
    ]);
    expect(file.left_out_rows).toMatchObject([{ row: 3, values: { body_param_1: 'Ana again' } }]);
    expect(file.messages).toMatchObject([{ text: 'Hello', original: { from: '12025550123' } }]);
    expect(file.opt_out?.reason).toBe('Asked');
    expect(JSON.stringify(file)).not.toMatch(/Person 0|Bob|Perhaps/);
  });
});

describe('where a number came from', () => {
  it('is told with each campaign, and who confirmed the consent', async () => {
    const { actor, sender, key } = await setUp();
    const file = { listSource: 'file', listName: 'people.xlsx', attested: true } as const;
    const campaigns = [file, { listSource: 'api' } as const, {}];
    for (const [i, values] of campaigns.entries()) {
      const { id } = await addCampaign(actor, sender.id, { createdAt: new Date(at.getTime() - i * 1000) });
      await database()
        .db.update(campaignsTable)
        .set({ ...values, updatedAt: at })
        .where(eq(campaignsTable.id, id));
    }
    const contact = await getContact({ ...key, limit: 10 });
    const by = contact.campaigns[0]?.added_by;
    expect(by).toEqual(expect.any(String));
    expect(contact.campaigns).toMatchObject([
      { list_source: 'file', list_name: 'people.xlsx', attested: true },
      { list_source: 'api', list_name: null, attested: false, added_by: by },
      { list_source: null, list_name: null, attested: false },
    ]);
    contactSchema.parse(contact);
  });
});

describe('erasing', () => {
  it('leaves no trace of the person in what is kept, and every count as it was', async () => {
    const { actor, sender, key, wrote } = await setUp();
    const { workspaceId } = key;
    const done = await addCampaign(actor, sender.id, { row: FAILED });
    const stopped = await addCampaign(actor, sender.id, { status: 'stopped' });
    const left = { workspaceId, campaignId: done.id, code: 'duplicate' as const, reason: 'Twice.' };
    await database()
      .db.insert(rejectedRows)
      .values([
        { ...left, rowNumber: 3, cells: ['(202) 555-0123', 'Ana again'] },
        { ...left, rowNumber: 5, cells: ['+12025550124', 'Bob'] },
      ]);
    await wrote('Hello', at);
    await addOptOutsByHand(actor, { phones: [PHONE], reason: 'Ana asked' });
    await removeOptOut(actor, { phone: PHONE, reason: 'Ana came back' });
    const ledger = { workspaceId: actor.workspaceId, portfolio: 'p' };
    await database()
      .db.insert(dailyLimits)
      .values({ ...ledger, used: 1 });
    await database()
      .db.insert(dailyRecipients)
      .values({ ...ledger, phone: PHONE, lastAt: new Date() });

    expect(await eraseContact(actor, { phone: PHONE, confirm: PHONE })).toMatchObject({
      success: true,
      campaigns: 2,
      left_out_rows: 1,
      messages: 1,
      stays_on_list: false,
      open_drafts: 0,
      draft_files_removed: [],
    });
    const { db } = database();
    const counted = await db
      .select({ phone: dailyRecipients.phone })
      .from(dailyRecipients)
      .where(eq(dailyRecipients.workspaceId, actor.workspaceId));
    expect(counted).toEqual([{ phone: expect.stringMatching(/^erased-/) as string }]);
    const kept = [
      ...(await recipientsOf(done)),
      ...(await recipientsOf(stopped)),
      ...(await db.select().from(rejectedRows).where(eq(rejectedRows.workspaceId, workspaceId))),
      ...(await db.select().from(inboundMessages).where(eq(inboundMessages.workspaceId, workspaceId))),
      ...(await db.select().from(auditEvents).where(eq(auditEvents.workspaceId, workspaceId))),
    ];
    expect(JSON.stringify(kept)).not.toMatch(/2025550123|555-0123|Ana|wamid\.of-ana/);
    expect(JSON.stringify(kept)).toContain('Bob');
    const [neighbour, person] = await recipientsOf(done);
    expect(neighbour?.cells).toEqual(done.neighbour.cells);
    expect(person).toMatchObject({ status: 'failed', errorCode: 131026, callingCode: 1, cells: ['', ''] });
    const shown = await listRecipients({ workspaceId, campaignId: done.id, limit: 10 });
    expect(shown.recipients[1]).toMatchObject({ to: '+10000000000', phone_number: '0000000000', params: {} });
    const contact = await getContact({ ...key, limit: 10 });
    expect(contact).toMatchObject({ opt_out: null, campaigns: [], messages: { count: 0 } });
    const kinds = contact.history.map(({ kind }) => kind);
    expect(kinds).toEqual(['contact_erased', 'opt_out_removed', 'opt_out_added']);
  });

  it('keeps who asked not to be written to on the list', async () => {
    const { actor, key } = await setUp();
    await addOptOutsByHand(actor, { phones: [PHONE], reason: 'Asked' });
    const answer = await eraseContact(actor, { phone: PHONE, confirm: PHONE });
    expect(answer).toMatchObject({
      stays_on_list: true,
      message: expect.stringContaining('stays') as string,
    });
    expect(await isOptedOut(key)).toBe(true);
    const { history } = await getContact({ ...key, limit: 10 });
    expect(history.map(({ kind }) => kind)).toEqual(['contact_erased', 'opt_out_added']);
    const [erased] = await database()
      .db.select()
      .from(auditEvents)
      .where(and(eq(auditEvents.workspaceId, key.workspaceId), eq(auditEvents.kind, 'contact_erased')));
    expect(erased?.subject).toMatch(/^erased-[\da-f]{16}$/);
  });

  it('is refused while an unfinished campaign holds the number, naming each, and changes nothing', async () => {
    const { actor, sender, key } = await setUp();
    const done = await addCampaign(actor, sender.id);
    for (const status of ['draft', 'active', 'paused'] as const)
      await addCampaign(actor, sender.id, { status, name: `Is ${status}` });
    const refused = await eraseContact(actor, { phone: PHONE, confirm: PHONE }).catch((e: unknown) => e);
    expect(refused).toMatchObject({ kind: 'conflict', code: 'contact_in_use' });
    const words = (refused as { issues: { message: string }[] }).issues.map(({ message }) => message);
    expect(words.sort()).toEqual([
      '“Is active” is active.',
      '“Is draft” is draft.',
      '“Is paused” is paused.',
    ]);
    expect((await recipientsOf(done))[1]).toMatchObject({ phone: PHONE, cells: [PHONE, 'Ana'] });
    expect((await getContact({ ...key, limit: 10 })).campaigns).toHaveLength(4);
  });

  it('needs the number once more, and touches no other workspace', async () => {
    const [mine, theirs] = [await setUp(), await setUp()];
    const campaign = await addCampaign(theirs.actor, theirs.sender.id);
    const typo = eraseContact(theirs.actor, { phone: PHONE, confirm: '+12025550124' });
    await expect(typo).rejects.toMatchObject({ code: 'not_confirmed' });
    expect(await eraseContact(mine.actor, { phone: PHONE, confirm: PHONE })).toMatchObject({ campaigns: 0 });
    expect((await recipientsOf(campaign))[1]?.phone).toBe(PHONE);
  });

  it('a retry of the campaign never sends to who was erased', async () => {
    const { actor, sender, key } = await setUp();
    const campaign = await addCampaign(actor, sender.id, { row: FAILED });
    await database().sql`
      UPDATE recipients SET pending = false, state = 'failed', failed_at = now(), attempt = 1 WHERE id = ${campaign.neighbour.id}`;
    await recount(campaign);
    await eraseContact(actor, { phone: PHONE, confirm: PHONE });
    const again = { actor, campaignId: campaign.id, include: ['failed' as const] };
    expect(await retryRecipients(again)).toMatchObject({ retried: 1 });
    expect((await recipientsOf(campaign)).map(({ status }) => status)).toEqual(['pending', 'failed']);
    expect(
      (await findUnbalancedCampaigns()).filter(({ workspaceId }) => workspaceId === key.workspaceId),
    ).toEqual([]);
  });

  it('is not undone by a late report, nor by the late answer to an unconfirmed message', async () => {
    const { actor, sender, key } = await setUp();
    const { workspaceId } = key;
    const sent = await addCampaign(actor, sender.id, {
      row: { pending: false, state: 'accepted', acceptedAt: at, attempt: 1, wamid: 'wamid.of-ana' },
    });
    const workerId = randomUUID();
    const row = { pending: false, state: 'in_doubt', doubtAt: at, attempt: 1, workerId } as const;
    const [answered, requeued] = [
      await addCampaign(actor, sender.id, { row }),
      await addCampaign(actor, sender.id, { row }),
    ];
    const { sql } = database();
    await sql`UPDATE campaign_counters SET pending = 1, sent = 1 WHERE campaign_id = ${sent.id}`;
    await sql`
      UPDATE campaign_counters SET pending = 1, unconfirmed = 1
      WHERE campaign_id IN (${answered.id}, ${requeued.id})`;
    await eraseContact(actor, { phone: PHONE, confirm: PHONE });

    const report = { workspaceId, senderId: sender.id, wamid: 'wamid.of-ana', at: null, errorMessage: null };
    const about = { campaignId: sent.id, recipientId: sent.person.id, attempt: 1 };
    const findings = await applyReceipts([
      { ...report, key: about, kind: 'delivered', errorCode: null },
      { ...report, key: about, kind: 'failed', errorCode: 131026 },
    ]);
    expect(findings).toEqual([]);
    const settlement = ({ id, person }: typeof sent) => ({
      ...{ workspaceId, campaignId: id, recipientId: person.id, attempt: 1, seq: person.seq, workerId },
    });
    await settleRecipients([
      { ...settlement(answered), result: { kind: 'accepted', wamid: 'wamid.of-ana-2' } },
      {
        ...settlement(requeued),
        result: { kind: 'retry', waitMs: 0, errorCode: null, errorMessage: 'Later' },
      },
    ]);
    const rows = [];
    for (const campaign of [sent, answered, requeued]) rows.push((await recipientsOf(campaign))[1]);
    expect(rows.map((kept) => [kept?.status, kept?.wamid, kept?.phone.slice(0, 7)])).toEqual([
      ['delivered', null, 'erased-'],
      ['sent', null, 'erased-'],
      ['unconfirmed', null, 'erased-'],
    ]);
  });
});
