import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { ensureChromium, findChromium } from '@/scripts/chromium.mjs';
import { signIn } from '@/tests/e2e/support/pages';
import { firstLoadScriptKb, MOST_FIRST_LOAD_KB } from '@/tests/support/first-load';
import { makePlace, startProduct } from '@/tests/support/product';
import { startBarePage } from './bare-page';
import { makeCampaigns } from './campaigns';

// npm run lighthouse: Google's Lighthouse on the campaign list and on a running campaign, of the built product in
// a data folder of its own, beside the least page of the same Next and React; and what the list's first load has of
// scripts.

const HERE = import.meta.dirname;
const LIGHTHOUSE = path.join(HERE, 'node_modules/lighthouse/cli/index.js');
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
const LEAST_SCORE = 95;
/** Scores vary from run to run; the median of five is what Lighthouse's own advice on variability asks for. */
const RUNS = 5;

interface Report {
  environment: { benchmarkIndex: number };
  categories: Record<string, { score: number | null }>;
  audits: Record<string, { score: number | null; numericValue?: number; displayValue?: string }>;
}

await ensureChromium();
if (!existsSync(LIGHTHOUSE)) installLighthouse();
const scratch = mkdtempSync(path.join(tmpdir(), 'herald-lighthouse-'));
const place = await makePlace();
const product = await startProduct(place);
const running: { stop: () => Promise<unknown> }[] = [product];
const rows: Record<string, string | number>[] = [];
let scriptKb = 0;
try {
  const bare = await startBarePage();
  running.push(bare);
  const url = `http://127.0.0.1:${place.port}`;
  const { account, sending } = await makeCampaigns(url);
  const cookie = await openSession(url, account);
  scriptKb = await firstLoadScriptKb(`${url}/campaigns`, cookie);
  const pages = { bare: bare.url, list: `${url}/campaigns`, detail: `${url}/campaigns/${sending}` };
  for (const device of ['desktop', 'phone'] as const) {
    for (const [page, where] of Object.entries(pages)) {
      const reports = Array.from({ length: RUNS }, () => lighthouse(where, cookie, device));
      rows.push({ page, device, ...summary(medianOf(reports)), runs: reports.map(performanceOf).join(' ') });
    }
  }
} finally {
  await Promise.all(running.map((one) => one.stop()));
  await place.remove();
  rmSync(scratch, { recursive: true, force: true });
}
console.table(rows);
console.log(
  `First-load scripts of the list: ${scriptKb.toFixed(1)} KB gzipped (limit ${MOST_FIRST_LOAD_KB}).`,
);
const low = rows.filter(
  ({ page, ...row }) => page !== 'bare' && CATEGORIES.some((category) => Number(row[category]) < LEAST_SCORE),
);
if (low.length > 0 || scriptKb >= MOST_FIRST_LOAD_KB) {
  console.error(`Not within its limits: a score under ${LEAST_SCORE}, or too much script.`);
  process.exitCode = 1;
}

function installLighthouse(): void {
  console.log('Installing Lighthouse …');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: HERE, stdio: 'inherit' });
}

/** The cookies of a session, as one header. */
async function openSession(url: string, account: { email: string; password: string }): Promise<string> {
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  const page = await browser.newPage({ baseURL: url });
  await signIn(page, account);
  const cookies = await page.context().cookies();
  await browser.close();
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

/** One run in a browser of its own. Phone: Lighthouse's slow 4G and a processor four times slower, simulated. */
function lighthouse(page: string, cookie: string, device: 'desktop' | 'phone'): Report {
  const file = path.join(scratch, 'report.json');
  const args = [
    LIGHTHOUSE,
    page,
    '--quiet',
    '--output=json',
    `--output-path=${file}`,
    `--only-categories=${CATEGORIES.join(',')}`,
    `--extra-headers=${JSON.stringify({ cookie })}`,
    '--chrome-flags=--headless=new --no-sandbox --disable-gpu',
    ...(device === 'desktop' ? ['--preset=desktop'] : []),
  ];
  const env = { ...process.env, CHROME_PATH: findChromium() ?? chromium.executablePath() };
  execFileSync(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  return JSON.parse(readFileSync(file, 'utf8')) as Report;
}

function performanceOf({ categories }: Report): number {
  return Math.round((categories.performance?.score ?? 0) * 100);
}

/** The run whose performance is the median of all. */
function medianOf(reports: Report[]): Report {
  const sorted = reports.toSorted((a, b) => performanceOf(a) - performanceOf(b));
  const median = sorted[Math.floor(sorted.length / 2)];
  if (!median) throw new Error('Lighthouse was not run.');
  return median;
}

function summary({ categories, audits, environment }: Report): Record<string, string | number> {
  const scores = CATEGORIES.map((name) => [name, Math.round((categories[name]?.score ?? 0) * 100)]);
  const shown = (name: string) => audits[name]?.displayValue ?? '';
  const failed = Object.entries(audits).filter(([, { score }]) => score === 0);
  return {
    ...(Object.fromEntries(scores) as Record<string, number>),
    'largest paint': shown('largest-contentful-paint'),
    blocking: shown('total-blocking-time'),
    shift: shown('cumulative-layout-shift'),
    // Lighthouse's own measure of the processor: 1,500 to 2,000 is a fast desktop, what its phone is reckoned from.
    processor: environment.benchmarkIndex,
    'did not pass': failed.map(([name]) => name).join(' '),
  };
}
