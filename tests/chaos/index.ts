import { parseArgs } from 'node:util';
import { FAULTS } from './catalog';
import { launchFault } from './launch';
import { proveMistakesAreSeen } from './mistakes';
import type { Outcome } from './run-fault';

// npm run chaos [-- --seed N] [--only name[,name]] [--mistakes] [--list]
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    only: { type: 'string' },
    mistakes: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});
const seed = values.seed === undefined ? Math.floor(Math.random() * 1e6) : Number(values.seed);
if (!Number.isSafeInteger(seed) || seed < 0) throw new Error('--seed must be a whole number.');
const only = values.only?.split(',');

if (values.list) for (const { name, about } of FAULTS) console.log(`${name.padEnd(24)} ${about}`);
else if (values.mistakes) process.exitCode = (await proveMistakesAreSeen(seed, only)) ? 0 : 1;
else process.exitCode = (await runAll()) ? 0 : 1;

async function runAll(): Promise<boolean> {
  const unknown = only?.filter((name) => !FAULTS.some((fault) => fault.name === name)) ?? [];
  if (unknown.length > 0) throw new Error(`There is no fault named ${unknown.join(', ')}: see --list.`);
  const chosen = FAULTS.filter(({ name }) => only?.includes(name) ?? true);
  console.log(`${chosen.length} faults, seed ${seed}: npm run chaos -- --seed ${seed} does the same again.`);
  const rows: Record<string, string | number>[] = [];
  let wentWell = true;
  for (const { name } of chosen) {
    process.stdout.write(`${name} … `);
    const outcome = await launchFault(name, seed).catch((error: unknown) => String(error));
    const result = resultOf(outcome);
    wentWell &&= isWell(outcome);
    console.log(result);
    rows.push({ fault: name, ...figuresOf(outcome), result: result.split('\n')[0] ?? '' });
  }
  console.table(rows);
  console.log(
    wentWell
      ? `Nobody twice, nobody lost, the books balanced (seed ${seed}).`
      : `Something broke (seed ${seed}).`,
  );
  return wentWell;
}

function isWell(outcome: Outcome | string): boolean {
  if (typeof outcome === 'string') return false;
  return outcome.kind === 'skipped' || outcome.violations.length === 0;
}

function resultOf(outcome: Outcome | string): string {
  if (typeof outcome === 'string') return outcome;
  if (outcome.kind === 'skipped') return `skipped: ${outcome.reason}`;
  if (outcome.violations.length === 0) return ['ok', ...new Set(outcome.notes)].join('\n    ');
  return `BROKEN: ${outcome.violations.map(({ rule, detail }) => `${rule}: ${detail}`).join('\n    ')}`;
}

function figuresOf(outcome: Outcome | string): Record<string, number> {
  if (typeof outcome === 'string' || outcome.kind === 'skipped') return {};
  const { posts, refused, webhooksRefused, twice, lost, unconfirmed, mostInDoubt, seconds } = outcome;
  // What the fault left its mark on, then what it must not have done.
  const marks = { 'not taken': refused, 'webhooks refused': webhooksRefused, 'most in doubt': mostInDoubt };
  return { seed, posts, ...marks, twice, lost, unconfirmed, seconds };
}
