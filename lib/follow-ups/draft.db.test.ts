import { expect, test } from 'vitest';
import { database } from '@/db/client';
import { campaignDrafts, campaigns } from '@/db/schema/campaigns';
import { openDraftFile } from '@/lib/drafts/files';
import { createCampaignFromCsv } from '@/lib/intake/create-from-csv';
import { getCampaign } from '@/lib/campaigns/queries';
import { openUnnamedFile } from '@/lib/unnamed-file';
import { placeRecipient } from '@/tests/support/receipts';
import { createCampaign, createWorkspace, recipientsOf } from '@/tests/support/rows';
import { eq } from 'drizzle-orm';
import { createFollowUpDraft } from './draft';
import type { Follows } from './schema';

const MAX_BYTES = 1024 * 1024;
/** What a spreadsheet would run, what it would split, and what looks like our own escape of it. */
const CELLS = ['=1+1', 'a;=b', `'+12025550100`, 'Zoë "Z", of مصر\n🎉'];

async function setUp(cells: string[] = CELLS) {
  const actor = await createWorkspace();
  const { workspaceId } = actor;
  const columns = ['Phone_Number', ...cells.map((_, i) => `Column ${i + 1}`)];
  const campaign = await createCampaign(workspaceId, actor.userId, {
    count: 2,
    values: { name: 'Spring', columns },
  });
  const [first, second] = await recipientsOf(campaign);
  if (!first || !second) throw new Error('no recipients');
  const text = JSON.stringify(['(202) 555-0100', ...cells]).replaceAll("'", "''");
  await placeRecipient(
    campaign,
    first.id,
    `phone = '+12025550100', cells = '${text}', pending = false, state = 'accepted', attempt = 1, accepted_at = now()`,
  );
  const follows: Follows = { campaign_id: campaign.id, audience: 'not_read' };
  return { actor, campaign, follows };
}

async function textOf(key: Parameters<typeof openDraftFile>[0]): Promise<Buffer> {
  const { bytes, chunks } = await openDraftFile(key);
  const parts = [];
  for await (const part of chunks) parts.push(part);
  const text = Buffer.concat(parts);
  expect(text.length).toBe(bytes);
  return text;
}

test('a follow-up in the wizard is a draft with a file of its people, from which the same rows are read again', async () => {
  const { actor, campaign, follows } = await setUp();
  const { workspaceId } = actor;
  const draft = await createFollowUpDraft(actor, { follows, maxBytes: MAX_BYTES });
  expect(draft).toMatchObject({
    name: 'Follow-up: Spring',
    file_name: 'Spring, not read.csv',
    contents: {
      sender_id: campaign.senderId,
      template_id: null,
      mapping: { phone_number: { column: 'Phone_Number' } },
      follows: { ...follows, name: 'Spring', tested: false },
    },
  });
  const csv = await textOf({ workspaceId, draftId: draft.id });
  const file = await openUnnamedFile();
  await file.writeFile(csv);
  const made = await createCampaignFromCsv(actor, {
    file,
    fileName: draft.file_name ?? '',
    encoding: 'utf-8',
    fields: {
      name: draft.name,
      template_id: String(campaign.templateId),
      mapping: JSON.stringify({ ...draft.contents.mapping, body_param_1: 'Column 4' }),
      follows: JSON.stringify(follows),
    },
  });
  await file.close();
  expect(made).toMatchObject({ rows: 1, imported: 1 });
  const [row] = await recipientsOf({ workspaceId, id: made.campaign_id });
  expect([row?.phone, row?.cells]).toEqual(['+12025550100', ['+12025550100', ...CELLS]]);
  const shown = await getCampaign({ workspaceId, campaignId: made.campaign_id });
  expect(shown.follows).toEqual({ ...follows, name: 'Spring' });
});

test('it is refused, and leaves no draft, where the list is too large, empty or of another workspace', async () => {
  const { actor, follows } = await setUp(['x'.repeat(5_000)]);
  const limits = { follows, maxBytes: 4_000 };
  await expect(createFollowUpDraft(actor, limits)).rejects.toMatchObject({ kind: 'too_large' });
  const empty = { follows: { ...follows, audience: 'read' as const }, maxBytes: MAX_BYTES };
  await expect(createFollowUpDraft(actor, empty)).rejects.toMatchObject({ code: 'nobody_in_audience' });
  const stranger = await createWorkspace();
  const theirs = createFollowUpDraft(stranger, { follows, maxBytes: MAX_BYTES });
  await expect(theirs).rejects.toMatchObject({ kind: 'not_found' });
  for (const { workspaceId } of [actor, stranger])
    expect(await database().db.$count(campaignDrafts, eq(campaignDrafts.workspaceId, workspaceId))).toBe(0);
});

test('an upload may not say that it follows a campaign of another workspace, nor what is no audience', async () => {
  const { actor, campaign, follows } = await setUp();
  const stranger = await setUp();
  const file = await openUnnamedFile();
  await file.writeFile('phone_number,body_param_1\n+12025550100,Ana\n');
  const upload = (what: unknown) =>
    createCampaignFromCsv(actor, {
      file,
      fileName: 'people.csv',
      encoding: 'utf-8',
      fields: { name: 'x', template_id: String(campaign.templateId), follows: JSON.stringify(what) },
    });
  await expect(upload(stranger.follows)).rejects.toMatchObject({ code: 'followed_campaign_not_found' });
  await expect(upload({ ...follows, audience: 'friends' })).rejects.toMatchObject({ kind: 'invalid' });
  await expect(upload({ ...follows, error_code: 1 })).rejects.toMatchObject({ kind: 'invalid' });
  const mine = eq(campaigns.workspaceId, actor.workspaceId);
  expect(await database().db.$count(campaigns, mine)).toBe(1);
  await file.close();
});
