import fc from 'fast-check';
import { expect, test } from 'vitest';
import { statusCounts } from '@/tests/support/engine';
import { EngineWorld, type ClaimFate, type Fate } from '@/tests/support/engine-world';
import { useFreshDatabase } from '@/tests/support/fresh-database';
import type { WorldOptions } from '@/tests/support/world-campaign';
import { WINDOW_SETTINGS } from '@/tests/support/world-window';

// Rescues every dead worker it finds: this file needs a database of its own.
await useFreshDatabase();

/** For runs that only ask whether something is found (tests/chaos/mistakes.ts): then nothing is made smaller. */
const seed = process.env.PROPERTY_SEED === undefined ? undefined : Number(process.env.PROPERTY_SEED);
const PEOPLE = 12;
const FATES: Fate[] = [
  'accepted',
  'held',
  'refused',
  'throttled',
  'retryable',
  'lost_taken',
  'lost_not_taken',
];
const CLAIM_FATES: ClaimFate[] = ['answered', 'answered', 'answered', 'cut', 'unheard'];
const KINDS = ['sent', 'delivered', 'read', 'failed'] as const;

interface Step {
  name: string;
  run: (world: EngineWorld) => Promise<unknown> | void;
}

interface Weighted {
  weight: number;
  arbitrary: fc.Arbitrary<Step>;
}

const small = fc.nat(20);
const few = fc.integer({ min: 1, max: 3 });

const STEPS: Weighted[] = [
  {
    weight: 6,
    arbitrary: fc
      .tuple(small, few, fc.constantFrom(...CLAIM_FATES))
      .map(([w, n, fate]) => named(`claim ${n} ${fate}`, (x) => x.claim(w, n, fate))),
  },
  {
    weight: 8,
    arbitrary: fc
      .tuple(small, fc.constantFrom(...FATES))
      .map(([i, fate]) => named(`post ${fate}`, (x) => x.post(i, fate))),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.boolean())
      .map(([n, again]) => named('settle', (x) => x.settle(n, again))),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(small, fc.constantFrom(...KINDS), fc.boolean())
      .map(([i, kind, key]) => named(`report ${kind} ${i} ${key}`, (x) => x.report(i, kind, key))),
  },
  { weight: 2, arbitrary: fc.tuple(small, small).map(([i, n]) => named('replay', (x) => x.replay(i, n))) },
  { weight: 1, arbitrary: small.map((w) => named('kill', (x) => x.kill(w))) },
  { weight: 1, arbitrary: small.map((w) => named('find unheard', (x) => x.findUnheard(w))) },
  { weight: 1, arbitrary: fc.constant(named('pause', (x) => x.pause())) },
  { weight: 2, arbitrary: fc.constant(named('resume', (x) => x.resume())) },
  { weight: 1, arbitrary: fc.constant(named('complete', (x) => x.complete())) },
  { weight: 1, arbitrary: fc.constant(named('wake', (x) => x.wake())) },
  { weight: 1, arbitrary: fc.constant(named('speed', (x) => x.speed(500, 3))) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('failed' as const, 'unconfirmed' as const)
      .map((what) => named(`retry ${what}`, (x) => x.retry(what))),
  },
];

const WINDOW_STEPS: Weighted[] = [
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...WINDOW_SETTINGS)
      .map((setting) => named(`window ${setting}`, (x) => x.setWindow(setting))),
  },
  {
    weight: 2,
    arbitrary: small.map((w) => named('learn', (x) => x.learnWindow(w))),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(small, few).map(([w, n]) => named(`late claim ${n}`, (x) => x.claimLate(w, n))),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(small, fc.boolean())
      .map(([w, cut]) => named(`keep ${cut}`, (x) => x.keepWindow(w, cut))),
  },
];

const LIMIT_STEPS: Weighted[] = [
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 6 }).map((n) => named(`limit ${n}`, (x) => x.setLimit(n))),
  },
  { weight: 2, arbitrary: fc.constantFrom(1, 12, 24, 25).map((h) => named(`pass ${h}`, (x) => x.pass(h))) },
  { weight: 1, arbitrary: fc.boolean().map((cut) => named(`places ${cut}`, (x) => x.releasePlaces(cut))) },
  {
    weight: 3,
    arbitrary: fc.tuple(small, few).map(([w, n]) => named(`sibling ${n}`, (x) => x.claimSibling(w, n))),
  },
];

const CHOICE_STEPS: Weighted[] = [
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('A' as const, 'B' as const)
      .map((key) => named(`choose ${key}`, (x) => x.choose(key))),
  },
  { weight: 1, arbitrary: fc.constant(named('choose by time', (x) => x.chooseByTime())) },
  { weight: 2, arbitrary: fc.boolean().map((cut) => named(`release ${cut}`, (x) => x.releaseHeldBack(cut))) },
];

/** What may happen in such a world. */
function stepsOf({ hasWindow, limit, messages }: WorldOptions): fc.Arbitrary<Step[]> {
  const steps = [
    ...STEPS,
    ...(hasWindow ? WINDOW_STEPS : []),
    ...(typeof limit === 'number' ? LIMIT_STEPS : []),
    ...(messages === 'holdback' ? CHOICE_STEPS : []),
  ];
  return fc.array(fc.oneof(...steps), { minLength: 30, maxLength: 70, size: 'max' });
}

const worlds = fc
  .record({
    people: fc.constant(PEOPLE),
    hasWindow: fc.boolean(),
    limit: fc.option(fc.integer({ min: 1, max: 6 }), { freq: 2 }),
    messages: fc.constantFrom('one' as const, 'split' as const, 'holdback' as const),
  })
  .chain((options) => fc.tuple(fc.constant(options), stepsOf(options)));

function named(name: string, run: Step['run']): Step {
  return { name, run, toString: () => name } as Step;
}

test(
  'whatever happens in whatever order: nobody twice, nobody lost, nobody outside their window or over the limit, no other message, delivered never undone, the books balance',
  { timeout: 300_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.boolean(), async ([options, steps], stopAtEnd) => {
        const world = await EngineWorld.create(options);
        await world.judge();
        for (const { run } of steps) {
          await run(world);
          await world.judge();
        }
        if (stopAtEnd) await world.stop();
        await world.drain();
        await world.judge();
        const counts = await statusCounts(world.campaign);
        expect(Object.values(counts).reduce((a, b) => a + b)).toBe(PEOPLE);
        if ((await world.status()) === 'completed')
          expect((counts.pending ?? 0) + (counts.sending ?? 0)).toBe(0);
        else expect(await world.status()).toBe('stopped');
      }),
      {
        numRuns: 40,
        // What was found by then is told, made smaller or not.
        interruptAfterTimeLimit: 240_000,
        includeErrorInReport: true,
        ...(seed === undefined ? {} : { seed, endOnFailure: true }),
      },
    );
  },
);
