import { expect, test } from '@playwright/test';
import { answerOf, failureOf, signUp, type Account } from './support/api';
import {
  createCampaign,
  goodPhone,
  isCompleted,
  openShop,
  send,
  untilCampaign,
  type Shop,
} from './support/campaigns';
import { checkPage, listen, signIn, views } from './support/pages';
import { ledgerSummary, sandbox } from './support/sandbox';
import { beginCampaign, chooseFile, csvFile, expectCounts } from './support/wizard';

const people = (count: number, first = 0) => Array.from({ length: count }, (_, i) => goodPhone(first + i));

/** What WhatsApp lets the shop's account do from now on, known to Herald by a sync. */
async function setLimit({ api }: Account, { sender }: Shop, messaging_limit: string): Promise<void> {
  await sandbox('PATCH', `/numbers/${sender.phone_number_id}`, { messaging_limit });
  await answerOf(await api.post(`/api/senders/${sender.id}/sync`), 200);
}

test('two accounts of one portfolio share the limit: what one has used is not left for the other', async ({
  request,
}) => {
  test.setTimeout(90_000);
  const account = await signUp(request);
  const [first, second] = [await openShop(account), await openShop(account)];
  await setLimit(account, first, 'TIER_50');
  const before = await createCampaign(account, first, { phones: people(30) });
  await send(account, before, { rate_limit: 80, worker_count: 20 });
  await untilCampaign(account, before, isCompleted);
  const portfolio_id = `9${first.sender.waba_id}`;
  for (const { sender } of [first, second]) {
    await sandbox('PATCH', `/numbers/${sender.phone_number_id}`, { portfolio_id });
    await answerOf(await account.api.post(`/api/senders/${sender.id}/sync`), 200);
    expect(await answerOf(await account.api.get(`/api/senders/${sender.id}`), 200)).toMatchObject({
      portfolio_id,
      messaging_limit: 'TIER_50',
    });
  }
  const id = await createCampaign(account, second, { phones: people(30, 100) });
  await send(account, id, { rate_limit: 80, worker_count: 20 });
  await untilCampaign(account, id, ({ pending }) => pending === 10);
  const of = await answerOf(await account.api.get(`/api/senders/${first.sender.id}/daily-limit`), 200);
  expect(of).toMatchObject({ limit: 50, used: 50, left: 0 });
  // Nobody was refused: it is Herald that counted.
  expect(await ledgerSummary(second.sender.phone_number_id)).toMatchObject({ posts: 20, accepted: 20 });
});

for (const { name, viewport, colorScheme } of views)
  test.describe(`on a ${name}`, () => {
    test.use({ viewport, colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    test('of 260 people under a limit of 250, 250 are sent to and ten wait, with words, until the limit rises', async ({
      page,
      request,
    }) => {
      test.setTimeout(150_000);
      const complaints = listen(page);
      const account = await signUp(request);
      const shop = await openShop(account);
      await setLimit(account, shop, 'TIER_250');
      const id = await createCampaign(account, shop, { phones: people(260) });
      await send(account, id, { rate_limit: 80, worker_count: 20 });
      await signIn(page, account, `/campaigns/${id}`);
      await expect(page.getByText('Waiting: today’s limit is used')).toBeVisible({ timeout: 60_000 });
      await expect(
        page.getByText(/^250 of today’s 250 people used; 10 wait\. About 10 go on from /),
      ).toBeVisible();
      await expect(page.getByText(/^at least 2[34] h \d+ min$/)).toBeVisible();
      const campaign = () => account.api.get(`/api/campaigns/${id}`);
      expect(await answerOf(await campaign(), 200)).toMatchObject({
        status: 'active',
        sent: 250,
        pending: 10,
        waits: [{ reason: 'daily_limit', waiting: 10, places: [], daily: { limit: 250, used: 250 } }],
      });
      const path = `/api/senders/${shop.sender.id}/daily-limit`;
      expect(await answerOf(await account.api.get(path), 200)).toMatchObject({
        limit: 250,
        used: 250,
        left: 0,
      });
      // Nobody was refused: it is Herald that counted.
      expect(await ledgerSummary(shop.sender.phone_number_id)).toMatchObject({ posts: 250, accepted: 250 });
      await checkPage(page);

      // A test is a message too; to somebody who was written to today it costs nothing.
      const template = shop.template('delivery_on_its_way');
      const params = Object.fromEntries(template.parameters.map(({ key }) => [key, 'Ana']));
      const testTo = (phone_number: string) =>
        account.api.post('/api/test-messages', {
          template_id: template.id,
          recipients: [{ phone_number, ...params }],
        });
      expect(await failureOf(await testTo(goodPhone(900)), 409)).toMatchObject({ code: 'daily_limit_used' });
      await answerOf(await testTo(goodPhone(3)), 202);

      await page.goto(`/senders/${shop.sender.id}`);
      await expect(page.getByText('250 used in 24 hours')).toBeVisible({ timeout: 20_000 });
      await checkPage(page);

      await page.goto(`/campaigns/${id}`);
      const raisedAt = Date.now();
      await setLimit(account, shop, 'TIER_2K');
      await untilCampaign(account, id, ({ pending }) => pending === 0);
      expect(Date.now() - raisedAt).toBeLessThan(5_000);
      await untilCampaign(account, id, isCompleted);
      expect(await answerOf(await campaign(), 200)).toMatchObject({ sent: 260, failed: 0, waits: [] });
      await expect(page.getByText('Finished', { exact: true }).first()).toBeVisible();
      expect(complaints).toEqual([]);
    });

    test('the review says how a list spreads over days', async ({ page, request }) => {
      test.setTimeout(90_000);
      const complaints = listen(page);
      const account = await signUp(request);
      const shop = await openShop(account);
      await setLimit(account, shop, 'TIER_50');
      const before = await createCampaign(account, shop, { phones: people(20) });
      await send(account, before, { rate_limit: 80, worker_count: 20 });
      await untilCampaign(account, before, isCompleted);
      await signIn(page, account);
      await beginCampaign(page);
      const rows = people(140, 100).map((phone, i) => `Ana,${phone},10%,ana-${i}`);
      await chooseFile(page, csvFile(['First name,Mobile,Discount,Offer code', ...rows].join('\n')));
      await page.getByRole('button', { name: 'Next: Map and fix' }).click();
      await expectCounts(page, { 'Will be sent': 140 });
      await page.getByRole('button', { name: 'Next: Review and send' }).click();
      await expect(
        page.getByText('140 exceeds today’s limit of 50 people (20 used): 30 go today, the rest over 3 days'),
      ).toBeVisible();
      await expect(page.getByText(/the 3 days over which the daily limit spreads them/)).toBeVisible();
      await checkPage(page);
      expect(complaints).toEqual([]);
    });
  });
