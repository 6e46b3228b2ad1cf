import '@/tests/support/env';
import { FAULTS } from './catalog';
import { gatherEvidence } from './gather';
import { judge, type Verdict } from './oracle';
import { World } from './world';

/** How one fault went; `reason`: it could not be made here. */
export type Outcome =
  | { kind: 'skipped'; reason: string }
  | ({ kind: 'judged'; seconds: number; notes: string[]; webhooksRefused: number } & Verdict);

// One fault in a process of its own, with a PostgreSQL of its own: run-fault.ts <name> <seed>. Tells its parent.
const [name, seed] = process.argv.slice(2);
const fault = FAULTS.find((one) => one.name === name);
if (!fault) throw new Error(`There is no fault named ${name ?? ''}.`);
const outcome = await runFault(Number(seed));
process.send?.(outcome);
process.disconnect?.();

async function runFault(seedNumber: number): Promise<Outcome> {
  if (!fault) throw new Error('no fault');
  const reason = fault.impossible?.();
  if (reason !== undefined) return { kind: 'skipped', reason };
  const began = performance.now();
  const creating = World.create(fault, seedNumber);
  // Ctrl-C, or a parent that is gone: nothing is left behind, a database that nobody knows of least of all.
  const leave = () => void creating.then((made) => made.stop()).finally(() => process.exit(1));
  for (const event of ['SIGINT', 'SIGTERM', 'disconnect']) process.once(event, leave);
  const world = await creating;
  try {
    await world.begin();
    await fault.inject(world);
    await world.drain();
    const evidence = await gatherEvidence(world);
    const verdict = judge(evidence);
    const own = [...world.ended, ...((await fault.check?.(world, evidence)) ?? [])];
    verdict.violations.push(...own.map((detail) => ({ rule: fault.name, detail })));
    const seconds = Math.round((performance.now() - began) / 1000);
    const { notes, witness } = world;
    return { kind: 'judged', seconds, notes, webhooksRefused: witness.refused, ...verdict };
  } finally {
    process.off('disconnect', leave);
    await world.stop();
  }
}
