import { randomBytes } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { campaignDraftFiles, campaignDrafts } from '@/db/schema/campaigns';
import { createCampaign, createSender, createTemplate, createWorkspace } from '@/tests/support/rows';
import { setCampaignStatus } from '@/lib/campaigns/transitions';
import { eraseContact } from '@/lib/contacts/erase';
import { openDraftFile, putDraftFile } from './files';
import { createDraft, deleteDraft, purgeDrafts, updateDraft } from './mutations';
import { getDraft, listDrafts } from './queries';
import { draftContentsSchema } from './schema';

afterAll(() => database().close());

const MAX_BYTES = 8 * 1024 * 1024;

function incoming(name: string, data: Uint8Array | ReadableStream<Uint8Array>, contentLength?: number) {
  const body =
    data instanceof ReadableStream ? data : (new Blob([data as BlobPart]).stream() as ReadableStream);
  const length = data instanceof ReadableStream ? null : data.length;
  return { name, body, contentLength: contentLength ?? length, maxBytes: MAX_BYTES };
}

async function readBack(key: Parameters<typeof openDraftFile>[0]): Promise<Buffer> {
  const chunks = [];
  for await (const chunk of (await openDraftFile(key)).chunks) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function setUp() {
  const actor = await createWorkspace();
  const { id: draftId } = await createDraft(actor, {});
  return { actor, key: { workspaceId: actor.workspaceId, draftId } };
}

describe('a draft', () => {
  it('begins empty, or with the template and its sender chosen', async () => {
    const { actor, key } = await setUp();
    expect((await getDraft(key)).contents).toEqual(draftContentsSchema.parse({}));
    const sender = await createSender(actor.workspaceId, actor.userId);
    const template = await createTemplate(actor.workspaceId, sender.id);
    const chosen = await createDraft(actor, { templateId: template.id });
    expect(chosen.contents).toMatchObject({ template_id: template.id, sender_id: sender.id });
  });

  it('saved from an old revision is refused and stays as it was', async () => {
    const { key } = await setUp();
    const first = await updateDraft({ ...key, changes: { revision: 0, name: 'One' } });
    expect(first).toMatchObject({ revision: 1, name: 'One' });
    await expect(updateDraft({ ...key, changes: { revision: 0, name: 'Two' } })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'draft_changed',
    });
    expect(await getDraft(key)).toEqual(first);
  });

  it('of two saves at once takes exactly one', async () => {
    const { key } = await setUp();
    const saves = ['A', 'B', 'C'].map((name) => updateDraft({ ...key, changes: { revision: 0, name } }));
    const results = await Promise.allSettled(saves);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await getDraft(key)).revision).toBe(1);
  });

  it('is listed once somebody has put something into it, until it has become a campaign', async () => {
    const { actor, key } = await setUp();
    expect(await listDrafts(actor.workspaceId)).toEqual([]);
    await updateDraft({ ...key, changes: { revision: 0, name: 'Autumn' } });
    expect((await listDrafts(actor.workspaceId)).map(({ name }) => name)).toEqual(['Autumn']);
    const campaign = await createCampaign(actor.workspaceId, actor.userId);
    await updateDraft({ ...key, changes: { revision: 1, campaign_id: campaign.id } });
    expect(await listDrafts(actor.workspaceId)).toEqual([]);
    await updateDraft({ ...key, changes: { revision: 2, campaign_id: null } });
    expect(await listDrafts(actor.workspaceId)).toHaveLength(1);
  });

  it("is nobody's but its workspace's, and names no other's template or campaign", async () => {
    const { actor, key } = await setUp();
    const stranger = await createWorkspace();
    const theirs = { ...key, workspaceId: stranger.workspaceId };
    const missing = { kind: 'not_found' };
    await expect(getDraft(theirs)).rejects.toMatchObject(missing);
    await expect(updateDraft({ ...theirs, changes: { revision: 0 } })).rejects.toMatchObject(missing);
    await expect(deleteDraft(theirs)).rejects.toMatchObject(missing);
    await expect(openDraftFile(theirs)).rejects.toMatchObject(missing);
    await expect(
      putDraftFile({ ...theirs, file: incoming('a.csv', Buffer.from('a')) }),
    ).rejects.toMatchObject(missing);
    const campaign = await createCampaign(stranger.workspaceId, stranger.userId);
    const changes = { revision: 0, campaign_id: campaign.id };
    await expect(updateDraft({ ...key, changes })).rejects.toMatchObject(missing);
    await expect(createDraft(actor, { templateId: campaign.templateId })).rejects.toMatchObject(missing);
    expect((await getDraft(key)).revision).toBe(0);
  });
});

describe("a draft's file", () => {
  it('comes back byte for byte, over several parts, and gives way to the next one', async () => {
    const { key } = await setUp();
    const large = randomBytes(2 * 1024 * 1024 + 17);
    const saved = await putDraftFile({ ...key, file: incoming('Kunden März.csv', large) });
    expect(saved).toMatchObject({ file_name: 'Kunden März.csv', file_bytes: large.length });
    expect((await readBack(key)).equals(large)).toBe(true);
    await putDraftFile({ ...key, file: incoming('b.csv', Buffer.from('phone\n1')) });
    expect((await readBack(key)).toString()).toBe('phone\n1');
  });

  it('that broke off, is too large or empty leaves the old one', async () => {
    const { key } = await setUp();
    await putDraftFile({ ...key, file: incoming('a.csv', Buffer.from('old')) });
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(new Error('gone'));
      },
    });
    const refused = [
      [incoming('b.csv', broken), 'incomplete_upload'],
      [incoming('b.csv', Buffer.from('half'), 8), 'incomplete_upload'],
      [incoming('b.csv', Buffer.from('x'), MAX_BYTES + 1), 'upload_too_large'],
      [incoming('b.csv', new Blob([Buffer.alloc(MAX_BYTES + 1)]).stream()), 'upload_too_large'],
      [incoming('b.csv', Buffer.alloc(0)), 'file_empty'],
    ] as const;
    for (const [file, code] of refused)
      await expect(putDraftFile({ ...key, file })).rejects.toMatchObject({ code });
    expect((await readBack(key)).toString()).toBe('old');
    expect((await getDraft(key)).file_name).toBe('a.csv');
  });

  it('replaced while it is read fails the reading instead of mixing two files', async () => {
    const { key } = await setUp();
    await putDraftFile({ ...key, file: incoming('a.csv', Buffer.alloc(2 * 1024 * 1024, 'a')) });
    const { chunks } = await openDraftFile(key);
    expect((await chunks.next()).done).toBe(false);
    await putDraftFile({ ...key, file: incoming('b.csv', Buffer.alloc(2 * 1024 * 1024, 'b')) });
    await expect(chunks.next()).rejects.toThrow(/replaced/);
  });

  it('goes once the campaign made of it has begun or was stopped, not while there is a way back', async () => {
    const { actor, key } = await setUp();
    const { workspaceId } = actor;
    for (const status of ['active', 'stopped'] as const) {
      await putDraftFile({ ...key, file: incoming('a.csv', Buffer.from('x')) });
      const sender = await createSender(workspaceId, actor.userId);
      const template = await createTemplate(workspaceId, sender.id);
      const campaign = await createCampaign(workspaceId, actor.userId, {
        senderId: sender.id,
        values: { templateId: template.id },
      });
      const { revision } = await getDraft(key);
      await updateDraft({ ...key, changes: { revision, campaign_id: campaign.id } });
      expect((await readBack(key)).toString()).toBe('x');
      await setCampaignStatus({ actor, campaignId: campaign.id, status });
      expect(await getDraft(key)).toMatchObject({ file_name: null, campaign_id: campaign.id });
      await expect(openDraftFile(key)).rejects.toMatchObject({ code: 'draft_file_missing' });
      expect(
        await database().db.$count(campaignDraftFiles, eq(campaignDraftFiles.draftId, key.draftId)),
      ).toBe(0);
    }
  });

  it('goes, with what was corrected in it, when somebody in it is erased; nobody else loses theirs', async () => {
    const { actor, key } = await setUp();
    const other = await createDraft(actor, {});
    const workbook = await createDraft(actor, {});
    const edited = await createDraft(actor, {});
    const stranger = await setUp();
    const phone = '+4915123456789';
    const of = (draftId: string) => ({ ...key, draftId });
    const put = (to: typeof key, text: string) =>
      putDraftFile({ ...to, file: incoming('a.csv', Buffer.from(text)) });
    await put(key, `phone\n${'+12025550100\n'.repeat(100_000)}0151 234 56789\n`);
    await put(of(other.id), 'phone\n+4915123456780\n');
    await put(of(workbook.id), 'PK\u0003\u0004 and so on');
    await put(of(edited.id), 'phone\n+4915123456780\n');
    await put(stranger.key, `phone\n${phone}\n`);
    const contents = draftContentsSchema.parse({
      mapping: { phone_number: { column: 'phone' } },
      edits: [{ row: 2, column: 0, value: '+49 151 234 567 89' }],
    });
    await updateDraft({ ...of(edited.id), changes: { revision: 0, name: 'Edited', contents } });

    const erased = await eraseContact(actor, { phone, confirm: phone });
    expect(erased.draft_files_removed.map(({ id }) => id).sort()).toEqual(
      [key.draftId, workbook.id, edited.id].sort(),
    );
    expect(erased.draft_files_removed).toContainEqual({ id: edited.id, name: 'Edited' });
    for (const { id } of erased.draft_files_removed) {
      await expect(openDraftFile(of(id))).rejects.toMatchObject({ code: 'draft_file_erased' });
      expect(await database().db.$count(campaignDraftFiles, eq(campaignDraftFiles.draftId, id))).toBe(0);
    }
    const left = await getDraft(of(edited.id));
    expect(left.contents).toEqual({ ...contents, edits: [] });
    await expect(updateDraft({ ...of(edited.id), changes: { revision: 1, contents } })).rejects.toMatchObject(
      { code: 'draft_changed' },
    );
    expect((await readBack(of(other.id))).toString()).toContain('6780');
    expect((await readBack(stranger.key)).toString()).toContain(phone);

    await put(of(edited.id), 'phone\n+4915123456780\n');
    expect((await getDraft(of(edited.id))).file_removed_at).toBeNull();
  });

  it('goes with its draft: deleted, forgotten for a month, or a campaign since yesterday', async () => {
    const { db } = database();
    const kept = await setUp();
    const deleted = await setUp();
    const old = await setUp();
    const sent = await setUp();
    for (const { key } of [kept, deleted, old, sent])
      await putDraftFile({ ...key, file: incoming('a.csv', Buffer.from('x')) });
    await deleteDraft(deleted.key);
    const campaign = await createCampaign(sent.actor.workspaceId, sent.actor.userId);
    await db
      .update(campaignDrafts)
      .set({ campaignId: campaign.id, updatedAt: sql`now() - interval '25 hours'` })
      .where(eq(campaignDrafts.id, sent.key.draftId));
    await db
      .update(campaignDrafts)
      .set({ updatedAt: sql`now() - interval '31 days'` })
      .where(eq(campaignDrafts.id, old.key.draftId));
    expect(await purgeDrafts()).toBeGreaterThanOrEqual(2);
    for (const { key } of [deleted, old, sent]) {
      await expect(getDraft(key)).rejects.toMatchObject({ kind: 'not_found' });
      const left = await db.$count(campaignDraftFiles, eq(campaignDraftFiles.draftId, key.draftId));
      expect(left).toBe(0);
    }
    expect((await readBack(kept.key)).toString()).toBe('x');
  });
});
