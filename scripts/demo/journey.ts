import { openAsBlob } from 'node:fs';
import { type ApiClient, ApiError } from './api';
import { StartError } from '../product/steps';

export const CSV = 'examples/black-friday.csv';
const RATE_LIMIT = 60;
const WORKER_COUNT = 20;

/** The columns of the example, and what of a template each can fill. */
const COLUMNS: Record<string, string> = {
  phone_number: 'Mobile',
  country_code: 'Country code',
  header_param_1: 'First name',
  body_param_1: 'First name',
  body_param_2: 'Discount',
  button_url_param: 'Offer code',
};

interface Sender {
  id: string;
  name: string;
  sandbox?: boolean;
}

interface Template {
  id: number;
  name: string;
  language: string;
  status: string;
  parameters: { key: string; component: string }[];
}

export interface Upload {
  campaign_id: string;
  rows: number;
  imported: number;
  invalid: number;
  duplicates: number;
  suppressed: number;
}

/** Signs the demo account in, making it on the first run. */
export async function signIn(api: ApiClient, account: { email: string; password: string }): Promise<void> {
  try {
    await api.signIn('/api/auth/login', account);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    await api.signIn('/api/auth/signup', { ...account, name: 'Demo' });
  }
}

export async function findSender(api: ApiClient): Promise<Sender> {
  const senders = await api.get<Sender[]>('/api/senders');
  const found = senders.find((sender) => sender.sandbox === true || sender.name === 'Demo shop');
  if (found) return found;
  const made = await api.post<{ sender: Sender }>('/api/senders', { name: 'Demo shop', sandbox: true });
  return made.sender;
}

export async function syncTemplates(api: ApiClient, sender: Sender): Promise<number> {
  const { templates } = await api.post<{ templates: number }>(`/api/senders/${sender.id}/sync`);
  return templates;
}

/** An approved template that the example's columns fill wholly, the richest first. */
export async function pickTemplate(api: ApiClient, sender: Sender): Promise<Template> {
  const templates = await api.get<Template[]>(`/api/templates?sender_id=${sender.id}&status=APPROVED`);
  const fitting = templates
    .filter(({ parameters }) => parameters.every(({ key }) => Object.hasOwn(COLUMNS, key)))
    .sort((a, b) => b.parameters.length - a.parameters.length);
  const best = fitting.find(({ name }) => name === 'black_friday') ?? fitting[0];
  if (!best)
    throw new StartError(`None of the ${templates.length} approved templates fits the columns of ${CSV}.`);
  return best;
}

export async function uploadList(api: ApiClient, sender: Sender, template: Template): Promise<Upload> {
  const keys = ['phone_number', 'country_code', ...template.parameters.map(({ key }) => key)];
  const form = new FormData();
  form.set('name', `Black Friday ${new Date().toISOString().slice(0, 16).replace('T', ' ')}`);
  form.set('template_id', String(template.id));
  form.set('sender_id', sender.id);
  form.set('default_country', 'US');
  form.set('mapping', JSON.stringify(Object.fromEntries(keys.map((key) => [key, COLUMNS[key]]))));
  form.set('file', await openAsBlob(CSV, { type: 'text/csv' }), 'black-friday.csv');
  return api.post<Upload>('/api/campaigns/create', form);
}

export async function send(api: ApiClient, campaignId: string): Promise<void> {
  await api.post(`/api/campaigns/${campaignId}/send`, { rate_limit: RATE_LIMIT, worker_count: WORKER_COUNT });
}
