import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault';
import type { World } from '../world';

export const webhookChaos: Fault = {
  name: 'webhook-chaos',
  about: 'Webhooks come up to 46 times, late, split, out of order, and before the 200 of the message itself.',
  campaign: { count: 600 },
  prepare: async (world) => {
    const disorder = { duplicate_share: 0.3, reorder_share: 0.5, skip_delivered_share: 0.2, read_share: 0.8 };
    const early = { delay_scale: 0.1, latency_ms: [100, 400], webhook_batch: 5 };
    await world.herd.sandbox('POST', '/settings', { ...disorder, ...early });
    world.witness.disturbBy(() => {
      const { chance } = world;
      const copies = chance.between(0, 1) < 0.05 ? 46 : chance.whole(1, 3);
      return Array.from({ length: copies }, () => chance.between(0, 1500));
    });
  },
  inject: async (world) => {
    await world.until(async () => (await world.pending()) === 0, 120_000);
  },
};

const now = () => String(Math.floor(Date.now() / 1000));

/** Malformed, foreign and absurd ones around a good one. */
function poisonAround(good: Record<string, unknown>, world: World): unknown[] {
  const { chance } = world;
  const poison = [
    null,
    42,
    'delivered',
    [],
    {},
    { id: good.id, status: 'exploded', timestamp: now() },
    { id: good.id, status: 7, timestamp: now() },
    { id: ['x'], status: 'read', timestamp: now() },
    { id: 'wamid.nobody', status: 'delivered', timestamp: now(), recipient_id: '1' },
    { id: 'wamid.nobody', status: 'failed', timestamp: now(), errors: 'all of them' },
    {
      id: `wamid.${'x'.repeat(100_000)}`,
      status: 'read',
      timestamp: now(),
      biz_opaque_callback_data: 'y'.repeat(9000),
    },
    { id: 'wamid.\u0000', status: 'sent', timestamp: now() },
    { id: 'wamid.deep', status: 'sent', timestamp: now(), conversation: { a: { b: { c: [[[[]]]] } } } },
  ];
  const at = chance.whole(0, poison.length);
  return [...poison.slice(0, at), good, ...poison.slice(at)];
}

export const poisonStatuses: Fault = {
  name: 'poison-statuses',
  about:
    'Statuses of wrong types, without ids, huge, of nobody, in one call with good ones: the good ones count.',
  campaign: { count: 500 },
  inject: async (world) => {
    const { phoneNumberId } = world.campaign;
    const metadata = { display_phone_number: '15550001111', phone_number_id: phoneNumberId };
    for (let i = 0; i < 20; i++) {
      const page = (await world.herd.sandbox(
        'GET',
        `/ledger?phone_number_id=${phoneNumberId}&limit=2000`,
      )) as {
        entries: { wamid: string | null; biz_opaque_callback_data: string | null }[];
      };
      const message = world.chance.pick(page.entries.filter(({ wamid }) => wamid !== null));
      const { wamid, biz_opaque_callback_data } = message ?? {};
      const good = { id: wamid, status: 'read', timestamp: now(), biz_opaque_callback_data };
      const value = { messaging_product: 'whatsapp', metadata, statuses: poisonAround(good, world) };
      const call = { phone_number_id: phoneNumberId, field: 'messages', value };
      const { status } = (await world.herd.sandbox('POST', '/webhooks', call)) as { status: number };
      if (status !== 200) world.notes.push(`answered ${status}`);
      await sleep(200);
    }
  },
  check: (world) => world.notes,
};
