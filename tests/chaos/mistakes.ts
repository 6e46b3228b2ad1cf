import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { applyPatch } from './apply-patch';
import { launchFault } from './launch';
import { launchTest } from './launch-test';

interface Mistake {
  /** Its patch is mistakes/<name>.patch. */
  name: string;
  /** The fault that brings it to light, or the test. */
  under: string;
  /** The oracle's rule that must speak, or the test's words. */
  seenBy: string;
}

/** Where the clocks are the database's, no fault can turn them: random commands against a model see those. */
const PROPERTY = 'lib/engine/engine-property.db.test.ts';

/** Mistakes that engines of this kind have made, ours in its youth among them. */
const MISTAKES: readonly Mistake[] = [
  { name: 'resend-after-lost-answer', under: 'lost-once', seenBy: 'nobody twice' },
  { name: 'claim-without-row-lock', under: 'contention', seenBy: 'nobody twice' },
  { name: 'rescue-sends-again', under: 'dies-unreported', seenBy: 'nobody twice' },
  { name: 'done-when-fetched', under: 'dies-claiming', seenBy: 'nobody lost' },
  { name: 'counter-read-then-written', under: 'disorder', seenBy: 'counters = rows, at the end' },
  { name: 'status-goes-backwards', under: 'disorder', seenBy: 'no status falls back' },
  { name: 'answered-before-written', under: 'postgres-crash', seenBy: 'no acknowledged status is lost' },
  { name: 'window-believed-for-ever', under: PROPERTY, seenBy: 'claimed outside the window' },
  { name: 'window-change-unheard', under: PROPERTY, seenBy: 'claimed outside the window' },
  { name: 'room-for-one-is-for-all', under: PROPERTY, seenBy: 'over the daily limit' },
  { name: 'counted-at-each-message', under: PROPERTY, seenBy: 'the ledger does not balance' },
  { name: 'retry-draws-anew', under: PROPERTY, seenBy: 'the split changed' },
];

const SOURCES = [
  'db',
  'lib',
  'sandbox',
  'scripts',
  'tests',
  'worker',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
];
const PATCHES = path.join(import.meta.dirname, 'mistakes');

/** What the oracle, or the test, said of a copy of Herald with that mistake in it. Throws when the patch does not fit any more. */
export async function runWithMistake(
  name: string,
  seed: number,
): Promise<{ rule: string; detail: string }[]> {
  const mistake = MISTAKES.find((one) => one.name === name);
  if (!mistake) throw new Error(`There is no mistake named ${name}.`);
  const copy = mkdtempSync(path.join(tmpdir(), 'herald-mistake-'));
  try {
    for (const source of SOURCES) cpSync(source, path.join(copy, source), { recursive: true });
    symlinkSync(path.resolve('node_modules'), path.join(copy, 'node_modules'));
    applyPatch(readFileSync(path.join(PATCHES, `${name}.patch`), 'utf8'), copy);
    if (mistake.under.endsWith('.test.ts')) {
      const failures = await launchTest(mistake.under, seed, copy);
      return failures.map((words) => ({
        rule: words.includes(mistake.seenBy) ? mistake.seenBy : 'another failure',
        detail: words.slice(0, 400),
      }));
    }
    const outcome = await launchFault(mistake.under, seed, copy);
    return outcome.kind === 'judged' ? outcome.violations : [];
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Runs every known mistake and prints what saw it; false when one went unseen. */
export async function proveMistakesAreSeen(seed: number, only?: string[]): Promise<boolean> {
  const chosen = MISTAKES.filter(({ name }) => only?.includes(name) ?? true);
  const strays = readdirSync(PATCHES).filter(
    (file) => !MISTAKES.some(({ name }) => file === `${name}.patch`),
  );
  if (strays.length > 0) throw new Error(`Patches that nobody runs: ${strays.join(', ')}.`);
  console.log(`${chosen.length} known mistakes, seed ${seed}, each in a copy of the sources.`);
  let allSeen = chosen.length > 0;
  for (const { name, under, seenBy } of chosen) {
    process.stdout.write(`${name}, under ${under} … `);
    const violations = await runWithMistake(name, seed);
    const seen = violations.find(({ rule }) => rule === seenBy);
    allSeen &&= seen !== undefined;
    const others = violations.map(({ rule }) => rule).join(', ') || 'nothing';
    console.log(
      seen ? `seen by "${seen.rule}"\n    ${seen.detail}` : `UNSEEN by "${seenBy}" (seen: ${others})`,
    );
  }
  console.log(
    allSeen ? 'Every one of them was seen.' : 'A mistake went unseen: what should judge it is blind.',
  );
  return allSeen;
}
