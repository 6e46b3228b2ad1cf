import { asc, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { auditEvents, users } from '@/db/schema/accounts';
import { optOuts } from '@/db/schema/webhooks';
import type { WorkspaceId } from '@/lib/tenant';
import { claimSome, createActiveCampaign, createWorker, statusCounts } from '@/tests/support/engine';
import { createWorkspace, recipientsOf } from '@/tests/support/rows';
import { addOptOutsByHand } from './add-by-hand';
import { exportOptOuts } from './export';
import { findOptOut, listOptOuts } from './list';
import { addOptOuts, removeOptOut } from './mutations';
import { findOptedOut } from './queries';
import { optOutPageSchema } from './schema';

const auditOf = (workspaceId: WorkspaceId) =>
  database()
    .db.select()
    .from(auditEvents)
    .where(eq(auditEvents.workspaceId, workspaceId))
    .orderBy(asc(auditEvents.id));

const phonesOf = async (filter: Omit<Parameters<typeof listOptOuts>[0], 'limit'>) =>
  (await listOptOuts({ ...filter, limit: 100 })).opt_outs.map(({ phone }) => phone);

describe('adding by hand', () => {
  it('takes any form, counts what was there already, and says in the audit who did it and why', async () => {
    const actor = await createWorkspace();
    const reason = 'Asked on the phone';
    const phones = ['+1 (202) 555-0123', '00442079460000', '020 7946 0000'];
    const first = await addOptOutsByHand(actor, { phones, default_country: 'GB', reason });
    expect(first).toEqual({ success: true, added: 2, already: 0 });
    const again = await addOptOutsByHand(actor, {
      phones: ['+12025550123', '+12025550124'],
      reason: 'Other',
    });
    expect(again).toEqual({ success: true, added: 1, already: 1 });

    expect(await findOptOut({ ...actor, phone: '+12025550123' })).toMatchObject({ source: 'manual', reason });
    const audit = await auditOf(actor.workspaceId);
    expect(audit.map(({ kind, subject, userId, detail }) => [kind, subject, userId, detail])).toEqual([
      ['opt_out_added', '+12025550123', actor.userId, { source: 'manual', reason }],
      ['opt_out_added', '+442079460000', actor.userId, { source: 'manual', reason }],
      ['opt_out_added', '+12025550124', actor.userId, { source: 'manual', reason: 'Other' }],
    ]);
  });

  it('adds none when one is no number, and names each that is none', async () => {
    const actor = await createWorkspace();
    const phones = ['+12025550123', '9.19E+11', '020 7946 0000'];
    const refused = addOptOutsByHand(actor, { phones, reason: 'Asked' });
    await expect(refused).rejects.toMatchObject({
      kind: 'invalid',
      code: 'phones_invalid',
      issues: [
        { path: 'phones[1]', message: expect.stringContaining('Excel') as string },
        { path: 'phones[2]', message: expect.stringContaining('no country') as string },
      ],
    });
    expect(await phonesOf(actor)).toEqual([]);
    expect(await auditOf(actor.workspaceId)).toEqual([]);
  });
});

describe('what Herald adds by itself', () => {
  it('is in the audit without a person, once', async () => {
    const { workspaceId } = await createWorkspace();
    const entry = { workspaceId, phones: ['+12025550123'], source: 'stop_word', reason: 'Stop' } as const;
    expect([await addOptOuts(entry), await addOptOuts(entry)]).toEqual([1, 0]);
    const [event, ...more] = await auditOf(workspaceId);
    expect(event).toMatchObject({ kind: 'opt_out_added', subject: '+12025550123', userId: null });
    expect(more).toEqual([]);
  });
});

describe('removing', () => {
  it('keeps in the audit what the entry said, who took it off and why', async () => {
    const actor = await createWorkspace();
    const { workspaceId } = actor;
    const phone = '+12025550123';
    await addOptOuts({
      workspaceId,
      phones: [phone],
      source: 'stop_word',
      reason: 'They wrote a stop word.',
    });
    await removeOptOut(actor, { phone, reason: 'Signed up again' });
    expect(await findOptOut({ workspaceId, phone })).toBeNull();
    expect((await auditOf(workspaceId)).at(-1)).toMatchObject({
      kind: 'opt_out_removed',
      subject: phone,
      userId: actor.userId,
      detail: { reason: 'Signed up again', was: { source: 'stop_word', reason: 'They wrote a stop word.' } },
    });
  });

  it('of a number that is not on the list, or on another workspace’s, is a 404 and writes nothing', async () => {
    const [mine, theirs] = [await createWorkspace(), await createWorkspace()];
    const phone = '+12025550123';
    await addOptOutsByHand(theirs, { phones: [phone], reason: 'Asked' });
    const removal = removeOptOut(mine, { phone, reason: 'Mine now' });
    await expect(removal).rejects.toMatchObject({ kind: 'not_found' });
    expect(await phonesOf(theirs)).toEqual([phone]);
    expect(await auditOf(mine.workspaceId)).toEqual([]);
  });
});

describe('a running campaign', () => {
  it('skips who was added while they waited, and sends to who was taken off the list', async () => {
    const campaign = await createActiveCampaign(3);
    const { actor, workspaceId } = campaign;
    const [first, second] = (await recipientsOf(campaign)).map(({ phone }) => phone);
    if (!first || !second) throw new Error('no recipients');
    // Written straight to the tables: the made-up numbers are too long for the form.
    await database()
      .db.insert(optOuts)
      .values(
        [first, second].map((phone) => ({ workspaceId, phone, source: 'manual' as const, reason: 'x' })),
      );
    await removeOptOut(actor, { phone: second, reason: 'A mistake' });
    const claimed = await claimSome(campaign, await createWorker(), 2);
    expect(claimed.map(({ phone }) => phone)).toContain(second);
    expect(claimed.map(({ phone }) => phone)).not.toContain(first);
    expect(await statusCounts(campaign)).toEqual({ skipped: 1, sending: 2 });
  });
});

describe('the list', () => {
  async function filled(count: number) {
    const actor = await createWorkspace();
    const { workspaceId, userId } = actor;
    // In fives at the same moment: the phone decides among them.
    await database()
      .db.insert(optOuts)
      .values(
        Array.from({ length: count }, (_, i) => ({
          workspaceId,
          phone: `+1202555${String(1000 + i)}`,
          source: i % 2 ? ('import' as const) : ('manual' as const),
          reason: `Reason ${i}`,
          userId,
          createdAt: new Date(Date.UTC(2026, 0, 1) + Math.floor(i / 5) * 1000),
        })),
      );
    return actor;
  }

  it('pages newest first without a gap or a repeat, and counts all of it on the first page', async () => {
    const { workspaceId } = await filled(23);
    const seen: string[] = [];
    const totals: (number | null)[] = [];
    let cursor: string | undefined;
    do {
      const page = await listOptOuts({ workspaceId, limit: 4, cursor });
      expect(optOutPageSchema.parse(page)).toEqual(page);
      seen.push(...page.opt_outs.map(({ phone }) => phone));
      totals.push(page.total);
      cursor = page.next_cursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(Array.from({ length: 23 }, (_, i) => `+1202555${1022 - i}`));
    expect(totals).toEqual([23, null, null, null, null, null]);
    await expect(listOptOuts({ workspaceId, limit: 4, cursor: 'x' })).rejects.toMatchObject({
      code: 'invalid_cursor',
    });
  });

  it('finds a number in any form, filters by source, and shows nothing of another workspace', async () => {
    const [actor, stranger] = [await filled(4), await filled(1)];
    const { workspaceId } = actor;
    for (const search of [
      '+1 (202) 555-1002',
      '0012025551002',
      '202 555 1002',
      '5551002',
      '+1202555１００２',
    ])
      expect(await phonesOf({ workspaceId, search }), search).toEqual(['+12025551002']);
    expect(await phonesOf({ workspaceId, search: '+1202' })).toHaveLength(4);
    expect(await phonesOf({ workspaceId, search: '+44' })).toEqual([]);
    expect(await phonesOf({ workspaceId, search: '%' })).toEqual([]);
    expect(await phonesOf({ workspaceId, source: 'import' })).toEqual(['+12025551003', '+12025551001']);
    expect((await listOptOuts({ workspaceId, source: 'import', limit: 1 })).total).toBe(2);
    expect(await phonesOf({ workspaceId: stranger.workspaceId })).toEqual(['+12025551000']);
    expect([...(await findOptedOut({ workspaceId, phones: ['+12025551000', '+12025551999'] }))]).toEqual([
      '+12025551000',
    ]);
  });

  it('says in words where an entry came from, and who added it', async () => {
    const actor = await filled(1);
    await database().db.update(users).set({ name: 'Ana' }).where(eq(users.id, actor.userId));
    expect(await findOptOut({ ...actor, phone: '+12025551000' })).toMatchObject({
      added_by: 'Ana',
      source_words: expect.stringContaining('of your team') as string,
    });
  });

  it('is exported whole, with nothing a spreadsheet would run', async () => {
    const { workspaceId } = await filled(1_203);
    await addOptOuts({ workspaceId, phones: ['+12025550001'], source: 'manual', reason: '=1+1' });
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of exportOptOuts({ workspaceId }).chunks) text += decoder.decode(chunk);
    const lines = text.trim().split('\r\n');
    expect(lines).toHaveLength(1 + 1_204);
    expect(lines[0]).toBe('phone_number,source,reason,added_by,created_at');
    expect(lines[1]).toMatch(/^"?'\+12025550001"?,manual,"?'=1\+1"?,,/);
  });
});
