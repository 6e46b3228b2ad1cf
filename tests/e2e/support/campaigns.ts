import { expect } from '@playwright/test';
import { z } from 'zod';
import { answerOf, type Account } from './api';
import { changeSandbox } from './sandbox';
import {
  createdShape,
  senderShape,
  templateShape,
  type Campaign,
  type Sender,
  type Template,
} from './shapes';

export interface Shop {
  sender: Sender;
  template: (name: string, language?: string) => Template;
}

/** A sandbox sender of the account, its templates synced; receipts come in a tenth of the usual time. */
export async function openShop({ api }: Account, more: Record<string, unknown> = {}): Promise<Shop> {
  const made = await answerOf(await api.post('/api/senders', { name: 'Shop', sandbox: true, ...more }), 201);
  const { sender } = z.object({ success: z.literal(true), sender: senderShape }).parse(made);
  await changeSandbox(sender.phone_number_id, { delay_scale: 0.1 });
  await answerOf(await api.post(`/api/senders/${sender.id}/sync`), 200);
  const listed = await answerOf(await api.get(`/api/templates?sender_id=${sender.id}`), 200);
  const templates = z.array(templateShape).parse(listed);
  const template = (name: string, language?: string) => {
    const found = templates.find((t) => t.name === name && (!language || t.language === language));
    if (!found) throw new Error(`The sandbox has no template ${name}.`);
    return found;
  };
  return { sender, template };
}

/** A well-behaved number: the sandbox does something special only where the last four digits begin with 0. */
export function goodPhone(index: number): string {
  return `+1202${210 + Math.floor(index / 9000)}${1000 + (index % 9000)}`;
}

/** A number with agreed behaviour; `index` makes it one of many. */
export function specialPhone(digits: string, index = 0): string {
  return `+1202${String(300 + index)}${digits}`;
}

interface Order {
  phones: string[];
  name?: string;
  template?: string;
}

/** A draft from JSON, with a template that has two body parameters unless another is named. */
export async function createCampaign({ api }: Account, shop: Shop, order: Order): Promise<string> {
  const template = shop.template(order.template ?? 'delivery_on_its_way');
  const params = Object.fromEntries(template.parameters.map(({ key }) => [key, 'Ana']));
  const answer = await api.post('/api/campaigns/create', {
    name: order.name ?? 'Autumn',
    template_id: template.id,
    recipients: order.phones.map((phone_number) => ({ phone_number, ...params })),
  });
  return createdShape.parse(await answerOf(answer, 201)).campaign_id;
}

export async function send({ api }: Account, id: string, speed?: object): Promise<void> {
  await answerOf(await api.post(`/api/campaigns/${id}/send`, speed), 202);
}

/** Asks until it is so, checking the books in every answer on the way. */
export async function untilCampaign(
  { api }: Account,
  id: string,
  condition: (campaign: Campaign) => boolean,
  deadlineMs = 30_000,
): Promise<Campaign> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const campaign = await api.campaign(id);
    if (condition(campaign)) return campaign;
    expect(Date.now(), `still so: ${JSON.stringify(campaign)}`).toBeLessThan(deadline);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export const isCompleted = (campaign: Campaign): boolean => campaign.status === 'completed';
