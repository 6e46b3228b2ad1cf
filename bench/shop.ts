import { createWriteStream, openAsBlob, readFileSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { ApiClient } from '@/scripts/demo/api';
import { makePlace, pidsOf, startProduct, type Place } from '@/tests/support/product';
import { callSandbox } from '@/tests/support/sandbox-admin';

/** The built product, started by `npm start` in a place of its own, with an account, a sandbox number and a template. */
export interface Shop {
  place: Place;
  url: string;
  api: ApiClient;
  sender: { id: string; phone_number_id: string };
  templateId: number;
  /** What the sandbox signs webhooks with. */
  appSecret: string;
  /** The address of its PostgreSQL, as the account that owns the tables. */
  databaseUrl: string;
  pids: Record<string, number>;
  sandbox: (method: string, resource: string, body?: unknown) => Promise<unknown>;
}

const TEMPLATE = 'delivery_on_its_way';
const SENDER_RATE = 1000;
/** A million rows in one call. */
const LONGEST_CALL_MS = 600_000;

export async function withShop<T>(run: (shop: Shop) => Promise<T>): Promise<T> {
  const place = await makePlace();
  const product = await startProduct(place);
  try {
    return await run(await openShop(place));
  } finally {
    await product.stop();
    await place.remove();
  }
}

export interface Account {
  email: string;
  password: string;
}

/** A new account with a sandbox number and its templates. */
export async function openAccount(
  api: ApiClient,
  account: Account,
  { rateLimit }: { rateLimit?: number } = {},
): Promise<{ sender: Shop['sender'] }> {
  await api.signIn('/api/auth/signup', { ...account, name: 'Ana Pereira' });
  const order = { name: 'Demo shop', sandbox: true, ...(rateLimit ? { rate_limit: rateLimit } : {}) };
  const { sender } = await api.post<{ sender: Shop['sender'] }>('/api/senders', order);
  await api.post(`/api/senders/${sender.id}/sync`);
  return { sender };
}

export interface Template {
  id: number;
  name: string;
  parameters: { key: string }[];
}

/** A template with two body parameters. */
export async function findTemplate(api: ApiClient): Promise<Template> {
  const templates = await api.get<Template[]>('/api/templates?status=APPROVED');
  const template = templates.find(({ name }) => name === TEMPLATE);
  if (!template) throw new Error(`The sandbox has no template ${TEMPLATE}.`);
  return template;
}

async function openShop(place: Place): Promise<Shop> {
  const url = `http://127.0.0.1:${place.port}`;
  const api = new ApiClient(url, LONGEST_CALL_MS);
  const account = { email: 'bench@example.com', password: 'correct horse battery staple' };
  const { sender } = await openAccount(api, account, { rateLimit: SENDER_RATE });
  const { id: templateId } = await findTemplate(api);
  const sandbox: Shop['sandbox'] = (method, resource, body) =>
    callSandbox(place.sandboxPort, method, resource, body);
  await sandbox('POST', '/settings', { digits: 'off' });
  await sandbox('PATCH', `/numbers/${sender.phone_number_id}`, { messages_per_second: 2 * SENDER_RATE });
  return {
    place,
    url,
    api,
    sender,
    templateId,
    appSecret: appSecretOf(place, sender.phone_number_id),
    databaseUrl: databaseUrlOf(place),
    pids: pidsOf(place),
    sandbox,
  };
}

function appSecretOf({ dataDir }: Place, phoneNumberId: string): string {
  const state = JSON.parse(readFileSync(path.join(dataDir, 'sandbox.json'), 'utf8')) as {
    numbers: { id: string; app_secret: string }[];
  };
  const number = state.numbers.find(({ id }) => id === phoneNumberId);
  if (!number) throw new Error('The sandbox does not know the sender.');
  return number.app_secret;
}

function databaseUrlOf({ dataDir }: Place): string {
  const port = readFileSync(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[3];
  const password = readFileSync(path.join(dataDir, 'postgres-password'), 'utf8').trim();
  return `postgres://herald:${password}@127.0.0.1:${port}/herald`;
}

/** A list of `rows` recipients as people upload it; each has a name and a day. `from`: the first one's number. */
export async function writeList(file: string, rows: number, from = 0): Promise<void> {
  const out = createWriteStream(file);
  out.write('Mobile,First name,Day\n');
  for (let i = 0; i < rows; i += 1) {
    const line = `+1${2_020_000_000 + from + i},Ana María ${i},Tuesday ${i % 30}\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}

export interface Uploaded {
  campaign_id: string;
  imported: number;
}

/** Uploads a list by the API as a new campaign. */
export async function upload(
  { api, templateId, sender }: Shop,
  file: string,
  name: string,
): Promise<Uploaded> {
  const form = new FormData();
  form.set('name', name);
  form.set('template_id', String(templateId));
  form.set('sender_id', sender.id);
  const mapping = { phone_number: 'Mobile', body_param_1: 'First name', body_param_2: 'Day' };
  form.set('mapping', JSON.stringify(mapping));
  form.set('file', await openAsBlob(file, { type: 'text/csv' }), path.basename(file));
  return api.post<Uploaded>('/api/campaigns/create', form);
}
