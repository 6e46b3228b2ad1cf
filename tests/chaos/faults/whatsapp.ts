import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault';

const REQUEST_TIMEOUT_MS = 30_000;

export const throttleStorm: Fault = {
  name: 'storm',
  about:
    'WhatsApp says too fast (number, account, pair), then breaks (500), by turns: nobody fails, all are sent.',
  campaign: { count: 500 },
  inject: async (world) => {
    const phases = [
      { match: { probability: 0.4 }, action: 'throttle' },
      { match: { probability: 0.3 }, action: 'error', code: 80007, http_status: 400 },
      { match: { probability: 0.1 }, action: 'error', code: 131056, http_status: 400 },
      { match: { probability: 0.1 }, action: '500_before' },
    ];
    for (const rule of phases) {
      await world.setFaults([rule]);
      await sleep(world.chance.between(2000, 4000));
      await world.clearFaults();
      await sleep(500);
    }
  },
  check: (_world, { rows }) => {
    const failed = rows.filter(({ status }) => status === 'failed').length;
    return failed === 0 ? [] : [`${failed} failed, though nobody was refused for good`];
  },
};

export const slowProvider: Fault = {
  name: 'slow-whatsapp',
  about: 'Answers take 20 to 28 s, just within Herald’s patience: no more at once than allowed, leases stay.',
  campaign: { count: 500 },
  inject: async (world) => {
    await world.setFaults([
      { match: { first_n: 8 }, action: 'slow', delay_ms: REQUEST_TIMEOUT_MS - 2000 },
      { match: { first_n: 30 }, action: 'slow', delay_ms: REQUEST_TIMEOUT_MS - 10_000 },
    ]);
    await sleep(REQUEST_TIMEOUT_MS + 5000);
  },
  check: (_world, { maxInFlight, campaign, sampling }) => [
    // One that Herald had given up would overlap with the next while its end travels: here none is.
    ...(sampling.mostUnconfirmed === 0 ? [] : [`${sampling.mostUnconfirmed} were in doubt`]),
    ...(maxInFlight === campaign.workerCount
      ? []
      : [`only ${maxInFlight} at once: the limit was not reached`]),
  ],
};

export const neverReplies: Fault = {
  name: 'never-replies',
  about: 'WhatsApp takes one message in 80 and never answers: in doubt after 30 s, settled by its receipts.',
  campaign: { count: 600 },
  inject: async (world) => {
    await world.setFaults([{ match: { probability: 0.0125 }, action: 'stall' }]);
    await world.until(async () => (await world.pending()) === 0, 120_000);
    await world.clearFaults();
  },
};

const LOST = [
  'drop_before_accept',
  'drop_after_accept',
  'reset',
  'truncate',
  '500_before',
  '500_after',
  'html_502',
];

export const lostAnswers: Fault = {
  name: 'lost-answers',
  about:
    'Connections closed or reset, 200s cut in half, gateways’ pages; at the end a person resends the doubt.',
  campaign: { count: 900 },
  inject: async (world) => {
    await world.setFaults(LOST.map((action) => ({ match: { probability: 0.015 }, action })));
    await world.drain();
    await world.clearFaults();
    await world.askAgain();
  },
  check: (_world, { rows }) => {
    const open = rows.filter(({ status }) => status === 'unconfirmed').length;
    return open === 0 ? [] : [`${open} still unconfirmed after a person sent them again`];
  },
};

export const idleClosed: Fault = {
  name: 'idle-closed',
  about: 'WhatsApp closes idle connections just when the next message is written: no hidden second POST.',
  campaign: { count: 600, rateLimit: 40 },
  proxied: true,
  inject: async (world) => {
    const closing = setInterval(() => world.whatsappWire?.closeIdle(), 17);
    await world.until(async () => (await world.pending()) < 50, 120_000);
    clearInterval(closing);
  },
};

export const whatsappBlackhole: Fault = {
  name: 'whatsapp-blackhole',
  about:
    'Not a byte passes between Herald and WhatsApp for 8 s: what was written then is in doubt, never resent.',
  campaign: { count: 900 },
  proxied: true,
  lingerMs: 15_000,
  inject: async (world) => {
    world.whatsappWire?.swallow();
    await sleep(world.chance.between(7000, 9000));
    world.whatsappWire?.heal();
  },
};
