import { execFileSync } from 'node:child_process';
import { measureGrowth } from './growth';
import { measureHour } from './hour';
import { measureImport } from './import';
import type { Measurement } from './measurement';
import { measureLoad } from './load';
import { measureMillion } from './million';
import { measurePace } from './pace';
import { writeResults } from './results';
import { measureWaiting } from './waiting';

// npm run bench: each figure beside its limit or its peer in the same run. `npm run bench -- pace webhook` measures
// these alone; `--write` puts what was measured into bench/RESULTS.md. The comparison with other programs has
// its own command, `npm run bench:peers`.

const MEASUREMENTS: Record<string, (options: string[]) => Promise<Measurement>> = {
  pace: measurePace,
  webhook: measureLoad,
  import: measureImport,
  growth: measureGrowth,
  waiting: measureWaiting,
  million: measureMillion,
  hour: measureHour,
};
/** Measured only when it is named. */
const LONG = 'hour';

const args = process.argv.slice(2);
const write = args.includes('--write');
const named = args.filter((arg) => !arg.startsWith('--'));
const [names, options] = [
  named.filter((arg) => arg in MEASUREMENTS),
  named.filter((arg) => /^\d+$/.test(arg)),
];
const unknown = named.filter((arg) => !names.includes(arg) && !options.includes(arg));
if (unknown.length > 0) {
  console.error(`No measurement ${unknown.join(', ')}: there are ${Object.keys(MEASUREMENTS).join(', ')}.`);
  process.exit(1);
}

execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
const short = Object.keys(MEASUREMENTS).filter((name) => name !== LONG);
for (const name of names.length > 0 ? names : short) {
  const measure = MEASUREMENTS[name];
  if (!measure) continue;
  const { section, rows, notes, postgres } = await measure(options);
  console.log(`\n${section}`);
  console.table(rows);
  for (const note of notes) console.log(`- ${note}`);
  const command = `npm run bench -- ${[name, ...options].join(' ')} --write`;
  if (write) writeResults(section, rows, { command, notes, ...(postgres ? { postgres } : {}) });
}
