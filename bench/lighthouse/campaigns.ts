import { ApiClient } from '@/scripts/demo/api';
import { findTemplate, openAccount, type Template } from '../shop';

const FINISHED = 30;
/** Longer than every run of Lighthouse takes, at RATE_LIMIT a second. */
const SENDING_RECIPIENTS = 8_900;
const RATE_LIMIT = 10;

/** An account with a full page of campaigns, one of them running and with failures. */
export async function makeCampaigns(url: string) {
  const account = { email: 'lighthouse@example.com', password: 'correct horse battery staple' };
  const api = new ApiClient(url);
  await openAccount(api, account);
  const template = await findTemplate(api);
  const create = (name: string, count: number) => createCampaign(api, template, name, count);
  for (let i = 1; i <= FINISHED; i += 1) await start(api, await create(`Newsletter ${i}`, 3));
  const sending = await create('Autumn sale', SENDING_RECIPIENTS);
  await start(api, sending);
  return { account, sending };
}

async function createCampaign(
  api: ApiClient,
  template: Template,
  name: string,
  count: number,
): Promise<string> {
  const params = Object.fromEntries(template.parameters.map(({ key }) => [key, 'Ana']));
  const made = await api.post<{ campaign_id: string }>('/api/campaigns/create', {
    name,
    template_id: template.id,
    // Some of the last four digits are the sandbox's sign to let a message fail (docs/sandbox.md).
    recipients: Array.from({ length: count }, (_, i) => ({ phone_number: `+1202210${1000 + i}`, ...params })),
  });
  return made.campaign_id;
}

async function start(api: ApiClient, id: string): Promise<void> {
  await api.post(`/api/campaigns/${id}/send`, { rate_limit: RATE_LIMIT });
}
