import { randomBytes } from 'node:crypto';
import { openSync } from 'node:fs';
import path from 'node:path';
import { buildIfChanged } from '../product/build';
import { keepSecret, makeDataFolder } from '../product/data-folder';
import { startProduct, type Ending } from '../product/product';
import { readSettings } from '../product/settings';
import { runUntilStopped, untilStopped } from '../product/start';
import { StartError, step } from '../product/steps';
import { ApiClient, ApiError, explainDemo } from './api';
import { CSV, findSender, pickTemplate, send, signIn, syncTemplates, uploadList } from './journey';
import { type Campaign, followCampaign, recount } from './progress';

const EMAIL = 'demo@herald.example';

/** npm run demo: the product, and the main job done without a click. `exit`: end after it. */
export async function runDemo({ exit }: { exit: boolean }): Promise<void> {
  await runUntilStopped(async (ending) => {
    process.env.SANDBOX ||= '1';
    const { dataDir, sandbox } = readSettings();
    if (!sandbox) throw new StartError('The demo sends on the sandbox: set SANDBOX=1.');
    const startedAt = performance.now();
    // With DATABASE_URL set nothing has needed the folder so far.
    makeDataFolder(dataDir);
    const log = path.join(dataDir, 'demo.log');
    const { url } = await startProduct(ending, {
      prepare: buildIfChanged,
      output: () => openSync(log, 'a', 0o600),
    });
    console.log(`\nHerald is ready at ${url} after ${seconds(startedAt)}; its log is ${log}\n`);
    const account = { email: EMAIL, password: keepSecret(dataDir, 'demo-password', makePassword) };
    try {
      await runJourney(new ApiClient(url), account, ending);
    } catch (error) {
      ending.signal.throwIfAborted();
      throw error instanceof ApiError ? explainDemo(error) : error;
    }
    console.log(`\nLook at it: ${url}\n  email     ${account.email}\n  password  ${account.password}\n`);
    if (exit) return;
    console.log('Ctrl-C stops everything.');
    await untilStopped(ending);
  });
}

async function runJourney(
  api: ApiClient,
  account: { email: string; password: string },
  ending: Ending,
): Promise<void> {
  await step(`Signing in as ${account.email}`, () => signIn(api, account));
  const sender = await step('Opening a sandbox sender', () => findSender(api));
  const templates = await step('Fetching its templates', () => syncTemplates(api, sender));
  const template = await pickTemplate(api, sender);
  console.log(`  ${templates} templates; taking "${template.name}" (${template.language})`);
  const upload = await step(`Uploading ${CSV}`, () => uploadList(api, sender, template));
  console.log(
    `  ${upload.rows} rows: ${upload.imported} imported, ${upload.invalid} invalid, ${upload.duplicates} duplicates, ${upload.suppressed} on the do-not-contact list`,
  );
  await step('Starting the campaign', () => send(api, upload.campaign_id));
  const startedAt = performance.now();
  const campaign = await followCampaign(api, upload.campaign_id, ending.signal);
  await recount(api, upload.campaign_id, campaign);
  console.log(`\n${summary(campaign)}\nEvery receipt is in after ${seconds(startedAt)}.`);
}

function summary(c: Campaign): string {
  return `The books balance: ${c.total_recipients} recipients = ${c.sent} sent (${c.delivered} delivered, ${c.read} read) + ${c.failed} failed + ${c.skipped} skipped + ${c.unconfirmed} unconfirmed + ${c.pending} pending`;
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

function makePassword(): string {
  return randomBytes(12).toString('base64url');
}
