import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import { templates } from '@/db/schema/senders';
import { deleteCampaign } from '@/lib/campaigns/delete';
import { getCampaign } from '@/lib/campaigns/queries';
import { eraseContact } from '@/lib/contacts/erase';
import { listActiveCampaigns } from '@/lib/engine/live-campaigns';
import { getEnv } from '@/lib/env';
import { createCampaignFromJson } from '@/lib/intake/create-from-json';
import { exportRecipients } from '@/lib/recipients/export';
import { listRecipients } from '@/lib/recipients/queries';
import { getRecipient } from '@/lib/recipients/timeline';
import { findUnbalancedCampaigns } from '@/lib/stats/audit';
import {
  createCampaign,
  createSender,
  createTemplate,
  createWorkspace,
  recipientsOf,
} from '@/tests/support/rows';
import { clicksWritten, handleLinkRequest } from './http';
import { recordClicks } from './record';
import { linkToken } from './token';
import { trackedUrl } from './tracked-buttons';

const PHONE = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36';
const server = createServer((req, res) => void handleLinkRequest(req, res));

beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

interface Answer {
  status: number | undefined;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** One request, not followed; resolves once what it counted is written. */
async function open(path: string, more: { method?: string; agent?: string } = {}): Promise<Answer> {
  const { method = 'GET', agent = PHONE } = more;
  const { port } = server.address() as AddressInfo;
  const answer = await new Promise<Answer>((resolve, reject) => {
    const sent = request({ port, path, method, headers: { 'user-agent': agent } }, (res) => {
      const parts: Buffer[] = [];
      res.on('data', (part: Buffer) => parts.push(part));
      res.on('end', () =>
        resolve({ status: res.statusCode, headers: res.headers, body: Buffer.concat(parts).toString() }),
      );
    });
    sent.on('error', reject).end();
  });
  await clicksWritten();
  return answer;
}

async function setUp(
  trackClicks: Record<string, string> | null = { button_url_param: 'https://shop.example/{{1}}?w=1' },
) {
  const actor = await createWorkspace();
  const { workspaceId } = actor;
  const campaign = await createCampaign(workspaceId, actor.userId, {
    count: 2,
    values: {
      status: 'completed',
      completedAt: new Date(),
      trackClicks,
      mapping: { button_url_param: { column: 1, text: '' } },
    },
  });
  const [ana, ben] = await recipientsOf(campaign);
  if (!ana || !ben) throw new Error('no recipients');
  const of = { workspaceId, campaignId: campaign.id };
  const linkOf = (recipientId: string, parameter = 'button_url_param') =>
    `/r/${linkToken({ ...of, recipientId, parameter })}`;
  const counts = async () => {
    const { clicks, clicked } = await getCampaign(of);
    return { clicks, clicked };
  };
  return { actor, campaign, ana, ben, of, linkOf, counts };
}

describe('a tracked link', () => {
  it('leads on at once, uncached and without a referrer, and counts', async () => {
    const t = await setUp();
    const answer = await open(t.linkOf(t.ana.id));
    expect(answer).toMatchObject({
      status: 302,
      body: '',
      headers: {
        location: 'https://shop.example/Person%200?w=1',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
      },
    });
    expect(await t.counts()).toEqual({ clicks: 1, clicked: 1 });
    // What is appended to it changes nothing.
    const tried = await open(`${t.linkOf(t.ana.id)}?url=https://evil.example&fbclid=1`);
    expect(tried.headers.location).toBe('https://shop.example/Person%200?w=1');
    await open(t.linkOf(t.ben.id));
    expect(await t.counts()).toEqual({ clicks: 3, clicked: 2 });
    expect(await findUnbalancedCampaigns({ onlyCampaignId: t.campaign.id })).toEqual([]);
  });

  it('does not count previews, programs or HEAD, which are led on too', async () => {
    const t = await setUp();
    for (const agent of ['WhatsApp/2.23.20.0', 'facebookexternalhit/1.1', ''])
      expect((await open(t.linkOf(t.ana.id), { agent })).status).toBe(302);
    expect(await open(t.linkOf(t.ana.id), { method: 'HEAD' })).toMatchObject({ status: 302, body: '' });
    expect(await t.counts()).toEqual({ clicks: 0, clicked: 0 });
  });

  it('that this Herald did not make is a plain 404, whatever it says', async () => {
    const t = await setUp();
    const good = t.linkOf(t.ana.id);
    const wrong = [
      '/r/',
      '/r/https://evil.example',
      '/r//evil.example',
      `${good}x`,
      good.slice(0, -1),
      `${good}/`,
      good.replace(/.$/, good.endsWith('A') ? 'B' : 'A'),
      t.linkOf(t.campaign.id),
      t.linkOf(t.ana.id, 'button_url_param_2'),
    ];
    for (const path of wrong) {
      const answer = await open(path);
      expect([path, answer.status, answer.headers.location]).toEqual([path, 404, undefined]);
      expect(answer.body).not.toContain('evil');
    }
    expect((await open(good, { method: 'POST' })).status).toBe(405);
    const [untracked, insecure] = [
      await setUp(null),
      await setUp({ button_url_param: 'http://shop.example/' }),
    ];
    for (const u of [untracked, insecure]) expect((await open(u.linkOf(u.ana.id))).status).toBe(404);
    expect(await t.counts()).toEqual({ clicks: 0, clicked: 0 });
  });

  it('is not opened without end by a program that holds it', async () => {
    const t = await setUp();
    const answers = [];
    for (let i = 0; i < 31; i += 1)
      answers.push((await open(t.linkOf(t.ana.id), { agent: 'curl/8.5.0' })).status);
    expect(answers.slice(0, 30)).toEqual(Array(30).fill(302));
    expect(answers[30]).toBe(429);
    expect((await open(t.linkOf(t.ben.id))).status).toBe(302);
  });

  it('of an erased person or a deleted campaign leads nowhere; the counts of the first stay', async () => {
    const t = await setUp();
    await open(t.linkOf(t.ana.id));
    await eraseContact(t.actor, { phone: t.ana.phone, confirm: t.ana.phone });
    expect((await open(t.linkOf(t.ana.id))).status).toBe(404);
    expect(await t.counts()).toEqual({ clicks: 1, clicked: 1 });
    await deleteCampaign({ actor: t.actor, campaignId: t.campaign.id });
    expect((await open(t.linkOf(t.ben.id))).status).toBe(404);
    const late = {
      workspaceId: t.of.workspaceId,
      campaignId: t.campaign.id,
      recipientId: t.ben.id,
      at: new Date(),
    };
    await recordClicks([late]);
    const [left] = await database().db.execute<{ n: number }>(
      sql`SELECT count(*)::int AS n FROM recipient_responses WHERE campaign_id = ${t.campaign.id}`,
    );
    expect(left?.n).toBe(0);
  });
});

it('clicks written at once by many count each, and a person once', async () => {
  const t = await setUp();
  const click = (recipientId: string) => ({ ...t.of, recipientId, at: new Date() });
  await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      recordClicks(
        i % 2 ? [click(t.ana.id), click(t.ben.id)] : [click(t.ben.id), click(t.ana.id), click(t.ana.id)],
      ),
    ),
  );
  expect(await t.counts()).toEqual({ clicks: 25, clicked: 2 });
  expect(await findUnbalancedCampaigns({ onlyCampaignId: t.campaign.id })).toEqual([]);
});

it('a click stands in the history, in the list by its filter, and in the file of a tracked campaign alone', async () => {
  const t = await setUp();
  await open(t.linkOf(t.ben.id));
  await open(t.linkOf(t.ben.id));
  const { recipients } = await listRecipients({ ...t.of, response: 'clicked', limit: 10 });
  expect(recipients.map(({ id, clicks }) => [id, clicks])).toEqual([[t.ben.id, 2]]);
  const { timeline } = await getRecipient({ ...t.of, recipientId: t.ben.id });
  expect(timeline.at(-1)?.kind).toBe('clicked');
  const textOf = async (of: typeof t.of) => {
    const parts: string[] = [];
    for await (const chunk of (await exportRecipients(of)).chunks) parts.push(Buffer.from(chunk).toString());
    return parts.join('');
  };
  const file = await textOf(t.of);
  expect(file).toContain(',reply,clicks,first_clicked_at\r\n');
  expect(file).toMatch(/Person 0,pending,,,,,,0,\r\n/);
  expect(file).toMatch(/Person 1,pending,,,,,,2,20\d\d-/);
  expect(await textOf((await setUp(null)).of)).not.toContain('clicks');
});

describe('a campaign’s tracked buttons', () => {
  async function withTemplate(url: string) {
    const actor = await createWorkspace();
    const { id: senderId } = await createSender(actor.workspaceId, actor.userId);
    const components = [
      { type: 'BODY', text: 'Hi' },
      { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Go', url, example: ['x'] }] },
    ];
    const template = await createTemplate(actor.workspaceId, senderId, { components });
    const create = (track_clicks?: Record<string, string> | null) =>
      createCampaignFromJson(actor, {
        name: 'Links',
        template_id: template.id,
        track_clicks,
        recipients: [{ phone_number: '+12025550123', button_url_param: 'summer' }],
      });
    return { actor, template, create };
  }

  it('are those that lead here, which need a destination; any other can have none', async () => {
    const here = await withTemplate(trackedUrl(getEnv().publicUrl));
    await expect(here.create()).rejects.toMatchObject({ code: 'track_clicks_invalid' });
    await expect(here.create({ body_param_1: 'https://shop.example/' })).rejects.toMatchObject({
      kind: 'invalid',
    });
    const { campaign_id } = await here.create({ button_url_param: 'https://shop.example/' });
    const shown = await getCampaign({ workspaceId: here.actor.workspaceId, campaignId: campaign_id });
    expect(shown.track_clicks).toEqual({ button_url_param: 'https://shop.example/' });
    await database().db.update(campaigns).set({ status: 'active' }).where(eq(campaigns.id, campaign_id));
    const active = (await listActiveCampaigns()).find(({ id }) => id === campaign_id);
    expect(active?.trackedKeys).toEqual(['button_url_param']);
    await database().db.update(campaigns).set({ status: 'paused' }).where(eq(campaigns.id, campaign_id));

    const elsewhere = await withTemplate('https://shop.example/{{1}}');
    await expect(elsewhere.create({ button_url_param: 'https://shop.example/' })).rejects.toMatchObject({
      code: 'track_clicks_invalid',
    });
    const plain = await elsewhere.create(null);
    const untracked = await getCampaign({
      workspaceId: elsewhere.actor.workspaceId,
      campaignId: plain.campaign_id,
    });
    expect(untracked.track_clicks).toBeNull();
    expect(await database().db.$count(templates, eq(templates.id, elsewhere.template.id))).toBe(1);
  });
});
