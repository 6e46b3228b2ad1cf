import fc from 'fast-check';
import { expect, test } from 'vitest';
import { database } from '@/db/client';
import { assertBalanced, statusCounts } from '@/tests/support/engine';
import { EngineWorld, type Fate } from '@/tests/support/engine-world';
import { useFreshDatabase } from '@/tests/support/fresh-database';

// Rescues every dead worker it finds: this file needs a database of its own.
await useFreshDatabase();

const PEOPLE = 6;
const FATES: Fate[] = ['accepted', 'refused', 'throttled', 'retryable', 'lost_taken', 'lost_not_taken'];
const KINDS = ['sent', 'delivered', 'read', 'failed'] as const;

interface Step {
  name: string;
  run: (world: EngineWorld) => Promise<unknown> | void;
}

const small = fc.nat(20);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(small, fc.integer({ min: 1, max: 4 }))
      .map(([w, n]) => named(`claim ${n}`, (x) => x.claim(w, n))),
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
);

function named(name: string, run: Step['run']): Step {
  return { name, run, toString: () => name } as Step;
}

const rank: Record<string, number> = { delivered: 1, read: 2 };

async function shownFacts(world: EngineWorld): Promise<Map<string, number>> {
  const rows = await database().sql<{ id: string; status: string }[]>`
    SELECT id, status FROM recipients WHERE campaign_id = ${world.campaign.id}`;
  return new Map(rows.map((row) => [row.id, rank[row.status] ?? 0]));
}

test(
  'whatever happens in whatever order: nobody twice, nobody lost, delivered never undone, the books balance',
  { timeout: 180_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 30, maxLength: 70, size: 'max' }),
        fc.boolean(),
        async (steps, stopAtEnd) => {
          const world = await EngineWorld.create(PEOPLE);
          let before = await shownFacts(world);
          for (const { run } of steps) {
            await run(world);
            await assertBalanced(world.campaign);
            const now = await shownFacts(world);
            for (const [id, shown] of now) expect(shown).toBeGreaterThanOrEqual(before.get(id) ?? 0);
            before = now;
          }
          if (stopAtEnd) await world.stop();
          await world.drain();
          expect(world.violations).toEqual([]);
          await assertBalanced(world.campaign);
          const counts = await statusCounts(world.campaign);
          expect(Object.values(counts).reduce((a, b) => a + b)).toBe(PEOPLE);
          if ((await world.status()) === 'completed')
            expect((counts.pending ?? 0) + (counts.sending ?? 0)).toBe(0);
          else expect(await world.status()).toBe('stopped');
        },
      ),
      { numRuns: 60 },
    );
  },
);
