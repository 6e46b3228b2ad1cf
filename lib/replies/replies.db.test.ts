import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import { recipientResponses } from '@/db/schema/recipients';
import { inboundMessages, pastAttempts } from '@/db/schema/webhooks';
import { deleteCampaign } from '@/lib/campaigns/delete';
import { getCampaign } from '@/lib/campaigns/queries';
import { eraseContact } from '@/lib/contacts/erase';
import { isOptedOut } from '@/lib/opt-outs/queries';
import { exportRecipients } from '@/lib/recipients/export';
import { listRecipients } from '@/lib/recipients/queries';
import { getRecipient } from '@/lib/recipients/timeline';
import { findUnbalancedCampaigns } from '@/lib/stats/audit';
import { forgetKnownSenders } from '@/lib/webhooks/known-senders';
import { placeRecipient } from '@/tests/support/receipts';
import { createCampaign, createWorkspace, recipientsOf } from '@/tests/support/rows';
import { createSignedSender, numberWebhook, postWebhook } from '@/tests/support/webhooks';

beforeEach(forgetKnownSenders);

const DAY = 86_400;

/** A sender with two finished campaigns to the same two people, the second sent an hour after the first. */
async function setUp() {
  const actor = await createWorkspace();
  const { workspaceId, userId } = actor;
  const sender = await createSignedSender(workspaceId, userId, 'right');
  const values = { status: 'completed' as const, completedAt: new Date() };
  const campaignSentAgo = async (seconds: number, senderId = sender.id) => {
    const campaign = await createCampaign(workspaceId, userId, { count: 2, senderId, values });
    const rows = await recipientsOf(campaign);
    for (const { id } of rows)
      await placeRecipient(
        campaign,
        id,
        `attempt = 1, pending = false, state = 'accepted', accepted_at = now() - ${seconds} * interval '1 second', wamid = 'wamid.${id}'`,
      );
    const [ana, ben] = rows;
    if (!ana || !ben) throw new Error('no recipients');
    const shown = () => getCampaign({ workspaceId, campaignId: campaign.id });
    return { campaign, ana, ben, shown };
  };
  const first = await campaignSentAgo(7200);
  const second = await campaignSentAgo(3600);
  return { actor, workspaceId, sender, first, second, campaignSentAgo, says: speaker(sender) };
}

/** Has somebody write to the sender now, or so many seconds ago; answers the id of the message. */
function speaker(sender: { wabaId: string; phoneNumberId: string }) {
  return async (
    phone: string,
    body: string,
    more: { context?: string; ago?: number; id?: string; message?: Record<string, unknown> } = {},
  ): Promise<string> => {
    const { context, ago = 0, id = `wamid.in.${randomUUID()}`, message } = more;
    const timestamp = String(Math.floor(Date.now() / 1000) - ago);
    const said = message ?? { type: 'text', text: { body } };
    const wrote = {
      from: phone.slice(1),
      id,
      timestamp,
      ...said,
      ...(context ? { context: { id: context } } : {}),
    };
    expect(await postWebhook(numberWebhook(sender, { messages: [wrote] }), 'right')).toBe(200);
    return id;
  };
}

const counts = async (of: { shown: () => Promise<{ replied: number; opted_out: number }> }) => {
  const { replied, opted_out } = await of.shown();
  return { replied, opted_out };
};

const audited = async (...all: { campaign: { id: string } }[]) => {
  for (const { campaign } of all)
    expect(await findUnbalancedCampaigns({ onlyCampaignId: campaign.id })).toEqual([]);
};

describe('whose answer a message is', () => {
  it('by the message it names, also of an earlier campaign or attempt, from whatever number', async () => {
    const t = await setUp();
    const before = 'wamid.first-attempt';
    await database().db.insert(pastAttempts).values({
      workspaceId: t.workspaceId,
      campaignId: t.first.campaign.id,
      recipientId: t.first.ben.id,
      attempt: 1,
      wamid: before,
      outcome: 'failed',
      endedAt: new Date(),
    });
    await t.says('+5511999990000', 'Yes', { context: `wamid.${t.first.ana.id}` });
    await t.says(t.first.ben.phone, 'No', { context: before });
    expect(await counts(t.first)).toEqual({ replied: 2, opted_out: 0 });
    expect(await counts(t.second)).toEqual({ replied: 0, opted_out: 0 });
    await audited(t.first, t.second);
  });

  it('naming none: of the latest campaign that wrote to this number from this sender, within seven days', async () => {
    const t = await setUp();
    const elsewhere = await t.campaignSentAgo(
      60,
      (await createSignedSender(t.workspaceId, t.actor.userId, 'other')).id,
    );
    await t.says(t.second.ana.phone, 'Hello', { ago: 10 });
    // Before the second went out, but after the first.
    await t.says(t.first.ben.phone, 'Hello', { ago: 5000 });
    await t.says('+12025559999', 'Who is this?');
    expect(await counts(t.second)).toEqual({ replied: 1, opted_out: 0 });
    expect(await counts(t.first)).toEqual({ replied: 1, opted_out: 0 });
    expect(await counts(elsewhere)).toEqual({ replied: 0, opted_out: 0 });
    await audited(t.first, t.second, elsewhere);
  });

  it('none: of what names something else, comes before, comes too late, or is WhatsApp’s own word', async () => {
    const t = await setUp();
    const old = await t.campaignSentAgo(8 * DAY);
    const { phone } = t.second.ana;
    await t.says(phone, 'Fine', { context: 'wamid.of-somebody-else' });
    await t.says(phone, 'Early', { ago: 8000 });
    await t.says(phone, '', { message: { type: 'system', system: { body: 'changed number' } } });
    for (const each of [t.first, t.second]) {
      const far = sql`accepted_at - interval '30 days'`;
      await database().db.execute(
        sql`UPDATE recipients SET accepted_at = ${far} WHERE campaign_id = ${each.campaign.id}`,
      );
    }
    await t.says(phone, 'Late');
    for (const each of [t.first, t.second, old])
      expect(await counts(each)).toEqual({ replied: 0, opted_out: 0 });
    expect(await database().db.$count(inboundMessages, eq(inboundMessages.workspaceId, t.workspaceId))).toBe(
      4,
    );
  });

  it('never of another workspace, though the number and the message are the same', async () => {
    const [t, stranger] = [await setUp(), await setUp()];
    await t.says(t.second.ana.phone, 'Hi', { context: `wamid.${stranger.second.ana.id}` });
    await t.says(t.second.ana.phone, 'Hi');
    expect(await counts(stranger.second)).toEqual({ replied: 0, opted_out: 0 });
    expect(await counts(t.second)).toEqual({ replied: 1, opted_out: 0 });
  });
});

describe('what is counted', () => {
  it('a person once, however often they write and however often WhatsApp reports it, at once or not', async () => {
    const t = await setUp();
    const { phone } = t.second.ana;
    const id = await t.says(phone, 'One');
    await t.says(phone, 'One', { id });
    await Promise.all(Array.from({ length: 6 }, (_, i) => t.says(phone, `More ${i}`)));
    await Promise.all(Array.from({ length: 6 }, () => t.says(t.second.ben.phone, 'Same', { id: `${id}.b` })));
    expect(await counts(t.second)).toEqual({ replied: 2, opted_out: 0 });
    await audited(t.second);
    const { timeline } = await getRecipient({
      workspaceId: t.workspaceId,
      campaignId: t.second.campaign.id,
      recipientId: t.second.ben.id,
    });
    expect(timeline.filter(({ kind }) => kind === 'replied')).toHaveLength(1);
  });

  it('a stop word as an opt-out of its recipient, who is not written to again under either number', async () => {
    const t = await setUp();
    const other = '+5511999990000';
    await t.says(other, 'STOP', { context: `wamid.${t.second.ana.id}` });
    await t.says(t.second.ben.phone, '', {
      message: { type: 'button', button: { text: 'Stop promotions' } },
    });
    await t.says(t.second.ben.phone, 'stop');
    expect(await counts(t.second)).toEqual({ replied: 2, opted_out: 2 });
    for (const phone of [other, t.second.ana.phone, t.second.ben.phone])
      expect(await isOptedOut({ workspaceId: t.workspaceId, phone })).toBe(true);
    await audited(t.second);
  });

  it('and the audit sees when a counter says something else', async () => {
    const t = await setUp();
    await t.says(t.second.ana.phone, 'Hello');
    await database().db.execute(
      sql`UPDATE campaign_counters SET replied = replied + 1 WHERE campaign_id = ${t.second.campaign.id} AND slot = 0`,
    );
    const [found] = await findUnbalancedCampaigns({ onlyCampaignId: t.second.campaign.id });
    expect([found?.counted.replied, found?.actual.replied]).toEqual([2, 1]);
  });
});

describe('what is shown', () => {
  it('text, button and reaction in the recipient’s history, in the list by its filter, and in the file', async () => {
    const t = await setUp();
    const { campaign, ana, ben } = t.second;
    const context = `wamid.${ana.id}`;
    await t.says(ana.phone, '=cmd|calc', { context, ago: 30 });
    await t.says(ana.phone, '', {
      context,
      ago: 20,
      message: { type: 'button', button: { text: 'Track it 🚚' } },
    });
    const reaction = { message_id: context, emoji: '👍' };
    await t.says(ana.phone, '', { ago: 10, message: { type: 'reaction', reaction } });
    await t.says(ana.phone, 'إلغاء', { ago: 5 });
    const of = { workspaceId: t.workspaceId, campaignId: campaign.id };
    const { timeline } = await getRecipient({ ...of, recipientId: ana.id });
    expect(timeline.slice(1).map(({ kind, message, matched_by }) => [kind, message, matched_by])).toEqual([
      ['replied', '=cmd|calc', 'context'],
      ['replied', 'Track it 🚚', 'context'],
      ['replied', '👍', 'context'],
      ['opted_out', 'إلغاء', 'time'],
    ]);
    await t.says(ben.phone, 'Hm');
    const listed = async (response: 'replied' | 'opted_out' | 'clicked') =>
      (await listRecipients({ ...of, response, limit: 10 })).recipients.map(({ id }) => id);
    expect(await listed('replied')).toEqual([ana.id, ben.id]);
    expect(await listed('opted_out')).toEqual([ana.id]);
    expect(await listed('clicked')).toEqual([]);
    const parts: Buffer[] = [];
    const { chunks, filename } = await exportRecipients({ ...of, response: 'replied' });
    for await (const chunk of chunks) parts.push(Buffer.from(chunk));
    const file = Buffer.concat(parts).toString('utf8');
    expect(filename).toBe('Test-campaign-replied.csv');
    expect(file).toContain('error_message,replied_at,opted_out_at,reply\r\n');
    expect(file).toContain(`"'=cmd|calc\nTrack it 🚚\n👍\nإلغاء"`);
  });

  it('no text of a person who is erased, though the answer came from another number; the counts stay', async () => {
    const t = await setUp();
    const { campaign, ana } = t.second;
    await t.says('+5511999990000', 'My name is Ana', { context: `wamid.${ana.id}` });
    const { phone } = ana;
    await eraseContact(t.actor, { phone, confirm: phone });
    const kept = await database()
      .db.select()
      .from(inboundMessages)
      .where(eq(inboundMessages.workspaceId, t.workspaceId));
    expect(kept).toEqual([]);
    expect(await counts(t.second)).toEqual({ replied: 1, opted_out: 0 });
    await audited(t.second);
    const of = { workspaceId: t.workspaceId, campaignId: campaign.id, recipientId: ana.id };
    expect((await getRecipient(of)).timeline.map(({ kind }) => kind)).not.toContain('replied');
  });

  it('nothing of a deleted campaign; what people wrote stays theirs', async () => {
    const t = await setUp();
    const { campaign, ana } = t.second;
    await t.says(ana.phone, 'Hello');
    await deleteCampaign({ actor: t.actor, campaignId: campaign.id });
    const [message] = await database()
      .db.select()
      .from(inboundMessages)
      .where(eq(inboundMessages.workspaceId, t.workspaceId));
    expect(message).toMatchObject({ body: 'Hello', campaignId: null, recipientId: null });
    const ofCampaign = and(
      eq(recipientResponses.workspaceId, t.workspaceId),
      eq(recipientResponses.campaignId, campaign.id),
    );
    expect(await database().db.$count(recipientResponses, ofCampaign)).toBe(0);
    expect(await database().db.$count(campaigns, eq(campaigns.id, campaign.id))).toBe(0);
  });
});
