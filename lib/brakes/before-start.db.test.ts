import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { database } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import { senders } from '@/db/schema/senders';
import { sealSenderSecret } from '@/lib/senders/secrets';
import { createActiveCampaign } from '@/tests/support/engine';
import { startGraphServer, type GraphServer } from '@/tests/support/graph-server';
import { startCampaign } from '@/lib/campaigns/transitions';
import { askBeforeStart } from './before-start';

let graph: GraphServer;
beforeAll(async () => {
  graph = await startGraphServer();
  process.env.WHATSAPP_API_URL = graph.url;
});
afterAll(async () => {
  await graph.close();
  await database().close();
});
beforeEach(() => {
  graph.failWith = null;
  graph.number = { status: 'CONNECTED', quality_rating: 'GREEN', ...health('AVAILABLE') };
});

function health(can_send_message: string) {
  const errors = [{ error_description: 'The account is in debt.', possible_solution: 'Pay the invoice.' }];
  const entities =
    can_send_message === 'AVAILABLE' ? [] : [{ entity_type: 'WABA', can_send_message, errors }];
  return { health_status: { can_send_message, entities } };
}

async function paused() {
  const campaign = await createActiveCampaign(1, { status: 'paused' });
  const { db } = database();
  const { workspaceId, senderId, actor, id } = campaign;
  const accessTokenSealed = sealSenderSecret({ workspaceId, id: senderId }, 'access_token', 'token');
  await db.update(senders).set({ accessTokenSealed }).where(eq(senders.id, senderId));
  return {
    ...campaign,
    resume: async () => {
      await askBeforeStart({ workspaceId, campaignId: id });
      await startCampaign({ actor, campaignId: id });
    },
    status: async () => (await db.select().from(campaigns).where(eq(campaigns.id, id)))[0]?.status,
  };
}

test('a number that WhatsApp blocks is refused with its words, and may start once it is free', async () => {
  const campaign = await paused();
  graph.number = { ...graph.number, ...health('BLOCKED') };
  await expect(campaign.resume()).rejects.toThrow('The account is in debt. Pay the invoice.');
  expect(await campaign.status()).toBe('paused');
  graph.number = { ...graph.number, ...health('AVAILABLE') };
  await campaign.resume();
  expect(await campaign.status()).toBe('active');
});

test('a number that is limited starts', async () => {
  const campaign = await paused();
  graph.number = { ...graph.number, ...health('LIMITED') };
  await campaign.resume();
  expect(await campaign.status()).toBe('active');
});

test('a WhatsApp that cannot be asked keeps nobody from starting', async () => {
  const campaign = await paused();
  graph.failWith = 190;
  await campaign.resume();
  expect(await campaign.status()).toBe('active');
});

test('a campaign that is not there is left for the start to tell', async () => {
  const { workspaceId } = await paused();
  await askBeforeStart({ workspaceId, campaignId: randomUUID() });
});
