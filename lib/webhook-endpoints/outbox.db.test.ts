import { eq } from 'drizzle-orm';
import { afterAll, describe, expect, it, test } from 'vitest';
import { database } from '@/db/client';
import { webhookDeliveries, webhookOutbox } from '@/db/schema/webhook-endpoints';
import { campaigns } from '@/db/schema/campaigns';
import { setCampaignStatus, pauseCampaign, startCampaign } from '@/lib/campaigns/transitions';
import { eraseContact } from '@/lib/contacts/erase';
import { completeIfDrained } from '@/lib/engine/complete';
import { addFailedToOptOuts } from '@/lib/opt-outs/add-failed';
import { openImport, stageNumbers, storeStagedNumbers } from '@/lib/opt-outs/import-batch';
import { addOptOuts } from '@/lib/opt-outs/mutations';
import { applyReceipts } from '@/lib/recipients/receipts';
import { settleRecipients } from '@/lib/recipients/settle';
import { receiveMessages } from '@/lib/webhooks/messages';
import {
  claimSome,
  createActiveCampaign,
  createWorker,
  settlementOf,
  type ActiveCampaign,
} from '@/tests/support/engine';
import { useFreshDatabase } from '@/tests/support/fresh-database';
import { addEndpoint, contentsOf, deliveriesOf, setEndpoint } from '@/tests/support/hook-endpoints';
import { receiptOf } from '@/tests/support/receipts';
import { createWorkspace, recipientsOf } from '@/tests/support/rows';
import { fanOut } from './fan-out';
import { deleteWebhookEndpoint } from './mutations';

// fanOut takes whatever the outbox holds: this file needs a database of its own.
await useFreshDatabase();
afterAll(() => database().close());

const refusal = { kind: 'failed', errorCode: 131026, errorMessage: 'Not on WhatsApp' } as const;

async function failOne(campaign: ActiveCampaign) {
  const worker = await createWorker();
  const [row] = await claimSome(campaign, worker, 1);
  if (!row) throw new Error('nobody');
  const settlement = settlementOf(campaign, worker, row, refusal);
  await settleRecipients([settlement]);
  return { settlement, row };
}

function senderOf(campaign: ActiveCampaign) {
  const { workspaceId, senderId } = campaign;
  return { workspaceId, id: senderId, phoneNumberId: '1', wabaId: '1', appSecret: 'x' };
}

async function emptyOutbox(): Promise<void> {
  while ((await fanOut()) > 0);
}

async function recorded(campaign: ActiveCampaign): Promise<number> {
  return database().db.$count(webhookOutbox, eq(webhookOutbox.workspaceId, campaign.workspaceId));
}

describe('what nobody asks for is not recorded', () => {
  async function doEverything(campaign: ActiveCampaign): Promise<void> {
    await failOne(campaign);
    await receiveMessages([{ id: 'wamid.a', from: '12025550000', type: 'text', text: { body: 'stop' } }], {
      ...senderOf(campaign),
    });
    await pauseCampaign({ workspaceId: campaign.workspaceId, campaignId: campaign.id, reason: 'Trouble.' });
  }

  it('with no endpoint', async () => {
    const campaign = await createActiveCampaign(1);
    await doEverything(campaign);
    expect(await recorded(campaign)).toBe(0);
  });

  it('with one that is off', async () => {
    const campaign = await createActiveCampaign(1);
    const { id } = await addEndpoint(campaign.actor);
    await setEndpoint(id, { enabled: false });
    await doEverything(campaign);
    expect(await recorded(campaign)).toBe(0);
  });

  it('with one of another workspace', async () => {
    const campaign = await createActiveCampaign(1);
    const other = await addEndpoint(await createWorkspace());
    await doEverything(campaign);
    expect(await recorded(campaign)).toBe(0);
    await emptyOutbox();
    expect(await deliveriesOf(other.id)).toEqual([]);
  });

  it('with one that asks for something else', async () => {
    const campaign = await createActiveCampaign(1);
    const { id } = await addEndpoint(campaign.actor, undefined, ['campaign.finished']);
    await doEverything(campaign);
    await emptyOutbox();
    expect(await deliveriesOf(id)).toEqual([]);
  });
});

describe('a failed message', () => {
  it('is told once to each endpoint that asks, also when it is settled twice', async () => {
    const campaign = await createActiveCampaign(1);
    const [a, b] = [await addEndpoint(campaign.actor), await addEndpoint(campaign.actor)];
    const { settlement, row } = await failOne(campaign);
    await settleRecipients([settlement]);
    await emptyOutbox();
    const told = [...(await deliveriesOf(a.id)), ...(await deliveriesOf(b.id))];
    expect(told).toHaveLength(2);
    expect(told[0]?.eventId).toBe(told[1]?.eventId);
    const [recipient] = await recipientsOf({ workspaceId: campaign.workspaceId, id: campaign.id });
    for (const delivery of told) {
      expect(delivery).toMatchObject({ state: 'waiting', attempts: 0, phone: recipient?.phone });
      expect(contentsOf(delivery)).toEqual({
        type: 'message.failed',
        timestamp: recipient?.failedAt?.toISOString(),
        data: {
          campaign_id: campaign.id,
          campaign_name: 'Test campaign',
          recipient_id: row.id,
          to: recipient?.phone,
          error_code: 131026,
          error_message: 'Not on WhatsApp',
        },
      });
    }
  });

  it('is told once when WhatsApp reports it, however often', async () => {
    const campaign = await createActiveCampaign(1);
    const { id } = await addEndpoint(campaign.actor);
    const worker = await createWorker();
    const [row] = await claimSome(campaign, worker, 1);
    if (!row) throw new Error('nobody');
    const wamid = `wamid.${row.id}`;
    await settleRecipients([settlementOf(campaign, worker, row, { kind: 'accepted', wamid })]);
    const receipt = receiptOf(campaign, row.id, 'failed', {
      wamid,
      errorCode: 131049,
      errorMessage: 'Later',
    });
    await applyReceipts([receipt]);
    await applyReceipts([receipt]);
    await applyReceipts([receiptOf(campaign, row.id, 'sent', { wamid })]);
    await emptyOutbox();
    const told = await deliveriesOf(id);
    expect(told.map((delivery) => contentsOf(delivery).data)).toMatchObject([
      { recipient_id: row.id, error_code: 131049 },
    ]);
  });

  it('of a test message is told to nobody', async () => {
    const campaign = await createActiveCampaign(1, { isTest: true });
    const { id } = await addEndpoint(campaign.actor);
    await failOne(campaign);
    await pauseCampaign({ workspaceId: campaign.workspaceId, campaignId: campaign.id, reason: 'Trouble.' });
    await emptyOutbox();
    expect(await deliveriesOf(id)).toEqual([]);
    expect(await recorded(campaign)).toBe(0);
  });
});

test('a campaign’s start, pause and end are told as they stand in the transaction that makes them so', async () => {
  const campaign = await createActiveCampaign(1);
  const { actor, id: campaignId, workspaceId } = campaign;
  const { id } = await addEndpoint(actor);
  await pauseCampaign({ workspaceId, campaignId, reason: 'The token has expired.' });
  await startCampaign({ actor, campaignId });
  await failOne(campaign);
  expect(await completeIfDrained({ workspaceId, campaignId })).toBe(true);
  await emptyOutbox();
  const told = (await deliveriesOf(id)).map(contentsOf).filter(({ type }) => type.startsWith('campaign.'));
  const counts = { total_recipients: 1, sent: 0 };
  const byType = Object.fromEntries(told.map(({ type, data }) => [type, data]));
  expect(told).toHaveLength(3);
  expect(byType).toMatchObject({
    'campaign.paused': {
      cause: 'paused',
      reason: 'The token has expired.',
      campaign: { id: campaignId, status: 'paused', ...counts, pending: 1 },
    },
    'campaign.started': { cause: 'resumed', reason: null, campaign: { status: 'active', ...counts } },
    'campaign.finished': {
      cause: 'completed',
      campaign: { status: 'completed', ...counts, failed: 1, pending: 0 },
    },
  });
});

test('a stopped campaign is finished', async () => {
  const { actor, id: campaignId } = await createActiveCampaign(1);
  const { id } = await addEndpoint(actor, undefined, ['campaign.finished']);
  await setCampaignStatus({ actor, campaignId, status: 'stopped' });
  await emptyOutbox();
  expect((await deliveriesOf(id)).map((d) => contentsOf(d).data)).toMatchObject([{ cause: 'stopped' }]);
});

test('what is taken back is not told', async () => {
  const campaign = await createActiveCampaign(1);
  const { id } = await addEndpoint(campaign.actor);
  const undone = database().db.transaction(async (tx) => {
    const { actor, id: campaignId } = campaign;
    await setCampaignStatus({ actor, campaignId, status: 'stopped' }, tx);
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  await emptyOutbox();
  expect(await deliveriesOf(id)).toEqual([]);
});

test('a message from a person is told once, with the campaign it answers', async () => {
  const campaign = await createActiveCampaign(1);
  const { id } = await addEndpoint(campaign.actor);
  const worker = await createWorker();
  const [row] = await claimSome(campaign, worker, 1);
  if (!row) throw new Error('nobody');
  const wamid = `wamid.${row.id}`;
  await settleRecipients([settlementOf(campaign, worker, row, { kind: 'accepted', wamid })]);
  const messages = [
    {
      id: 'wamid.1',
      from: '12025550101',
      type: 'text',
      text: { body: 'Yes please 🎉' },
      context: { id: wamid },
    },
    { id: 'wamid.2', from: '12025550102', type: 'text', text: { body: 'Who is this?' } },
    { id: 'wamid.3', from: '12025550103', type: 'system', system: { body: 'changed number' } },
  ];
  await receiveMessages(messages, senderOf(campaign));
  await receiveMessages(messages, senderOf(campaign));
  await emptyOutbox();
  const told = (await deliveriesOf(id)).map((delivery) => contentsOf(delivery).data);
  expect(told.sort((a, b) => (String(a.from) < String(b.from) ? -1 : 1))).toEqual([
    {
      sender_id: campaign.senderId,
      message_id: 'wamid.1',
      from: '+12025550101',
      kind: 'text',
      text: 'Yes please 🎉',
      in_reply_to: wamid,
      campaign_id: campaign.id,
      recipient_id: row.id,
    },
    expect.objectContaining({
      from: '+12025550102',
      in_reply_to: null,
      campaign_id: null,
      recipient_id: null,
    }),
  ]);
});

test('each way onto the do-not-contact list is told once, with its source', async () => {
  const campaign = await createActiveCampaign(1);
  const { actor, workspaceId } = campaign;
  const { id } = await addEndpoint(actor, undefined, ['contact.opted_out']);
  const byHand = { ...actor, phones: ['+12025550111'], source: 'manual', reason: 'By phone.' } as const;
  await addOptOuts(byHand);
  await addOptOuts(byHand);
  await database().db.transaction(async (tx) => {
    await openImport(tx);
    await stageNumbers(
      [
        { phone: '+12025550111', reason: 'x' },
        { phone: '+12025550112', reason: 'File.' },
      ],
      tx,
    );
    await storeStagedNumbers(actor, tx);
  });
  const { row } = await failOne(campaign);
  await addFailedToOptOuts(actor, { campaignId: campaign.id, errorCode: 131026 });
  await receiveMessages(
    [{ id: 'wamid.s', from: '12025550113', type: 'text', text: { body: 'STOP' } }],
    senderOf(campaign),
  );
  await emptyOutbox();
  const told = (await deliveriesOf(id)).map((delivery) => contentsOf(delivery).data);
  expect(told.map(({ phone, source }) => [phone, source]).sort()).toEqual(
    [
      ['+12025550111', 'manual'],
      ['+12025550112', 'import'],
      ['+12025550113', 'stop_word'],
      [row.phone, 'whatsapp_error'],
    ].sort(),
  );
  expect(told.find(({ source }) => source === 'import')).toMatchObject({ reason: 'File.' });
  expect(await database().db.$count(webhookOutbox, eq(webhookOutbox.workspaceId, workspaceId))).toBe(0);
});

test('many workers at once turn each event into one delivery', async () => {
  const { actor, workspaceId } = await createActiveCampaign(0);
  const { id } = await addEndpoint(actor, undefined, ['contact.opted_out']);
  const phones = Array.from({ length: 900 }, (_, i) => `+1202556${String(i).padStart(4, '0')}`);
  await addOptOuts({ workspaceId, phones, source: 'manual', reason: 'All of them.' });
  await Promise.all(Array.from({ length: 4 }, emptyOutbox));
  await emptyOutbox();
  const told = await deliveriesOf(id);
  expect(new Set(told.map(({ phone }) => phone)).size).toBe(900);
  expect(told).toHaveLength(900);
});

test('what names an erased person is gone, told or not', async () => {
  const campaign = await createActiveCampaign(1);
  const { actor, workspaceId } = campaign;
  const { id } = await addEndpoint(actor);
  const { row } = await failOne(campaign);
  await emptyOutbox();
  await addOptOuts({ workspaceId, phones: ['+12025559999'], source: 'manual', reason: 'Somebody else.' });
  await addOptOuts({ workspaceId, phones: [row.phone], source: 'manual', reason: 'Asked.' });
  expect(await deliveriesOf(id, 'message.failed')).toHaveLength(1);
  await database().db.update(campaigns).set({ status: 'stopped' }).where(eq(campaigns.id, campaign.id));
  await eraseContact(actor, { phone: row.phone, confirm: row.phone });
  await emptyOutbox();
  const left = await database()
    .db.select({ body: webhookDeliveries.body })
    .from(webhookDeliveries)
    .where(eq(webhookDeliveries.workspaceId, workspaceId));
  expect(left.map(contentsOf)).toMatchObject([{ data: { phone: '+12025559999' } }]);
});

test('an endpoint that is deleted while events are told leaves no deliveries behind', async () => {
  const { actor, workspaceId } = await createActiveCampaign(0);
  for (let round = 0; round < 10; round += 1) {
    const { id } = await addEndpoint(actor, undefined, ['contact.opted_out']);
    const phones = [`+120255577${round}0`, `+120255577${round}1`];
    await addOptOuts({ workspaceId, phones, source: 'manual', reason: 'Asked.' });
    await Promise.all([fanOut(), fanOut(), deleteWebhookEndpoint({ actor, endpointId: id })]);
    await emptyOutbox();
    expect(await deliveriesOf(id)).toEqual([]);
  }
});
