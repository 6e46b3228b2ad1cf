import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { answerOf, failureOf, signUp } from './support/api';
import { createCampaign, isCompleted, openShop, send, untilCampaign } from './support/campaigns';
import { checkAtBothWidths, checkPage, listen, press, signIn, views } from './support/pages';
import { beginCampaign, chooseFile, csvFile, expectCounts } from './support/wizard';

const HOUR_MS = 3_600_000;

/** What the clocks in India, always 5½ hours ahead, show some hours from now; Japan is 3½ hours ahead of it. */
const inIndia = (hours: number) => new Date(Date.now() + (5.5 + hours) * HOUR_MS).toISOString().slice(11, 16);

/** Open in India for an hour on both sides of now, hence closed in Japan. */
const openInIndia = () => ({ from: inIndia(-1), to: inIndia(1) });

const indian = (i: number) => `+9198765${String(43210 + i)}`;
const japanese = (i: number) => `+8190${String(12345678 + i)}`;

const openings = z.object({
  places: z.array(
    z.object({ country: z.string(), is_open: z.boolean(), changes_at: z.iso.datetime().nullable() }),
  ),
});

test('a window is set by the API, says where it is open, and refuses what is none', async ({ request }) => {
  const account = await signUp(request);
  const { api } = account;
  const { sender } = await openShop(account);
  const path = `/api/senders/${sender.id}`;
  const set = await answerOf(await api.patch(path, { send_window: openInIndia() }), 200);
  expect(set).toMatchObject({
    sender: {
      send_window: { ...openInIndia(), days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] },
    },
  });
  const now = openings.parse(await answerOf(await api.get(`${path}/openings?countries=IN,JP,ZZ`), 200));
  expect(now.places.map(({ country, is_open }) => [country, is_open])).toEqual([
    ['IN', true],
    ['JP', false],
    ['ZZ', false],
  ]);
  const until = Date.parse(now.places[1]?.changes_at ?? '') - Date.now();
  expect(until / HOUR_MS).toBeGreaterThan(19.4);
  expect(until / HOUR_MS).toBeLessThan(19.6);
  const later = new Date(Date.now() + 20 * HOUR_MS).toISOString();
  const then = openings.parse(
    await answerOf(await api.get(`${path}/openings?countries=IN,JP&at=${encodeURIComponent(later)}`), 200),
  );
  expect(then.places.map(({ is_open }) => is_open)).toEqual([false, true]);
  for (const send_window of [{ from: '09:00', to: '09:00' }, { from: '9', to: '20:00' }, 'always'])
    expect(await failureOf(await api.patch(path, { send_window }), 422)).toMatchObject({
      code: 'validation_failed',
    });
  await failureOf(await api.get(`${path}/openings?countries=germany`), 422);
  const audit = await answerOf(await api.get('/api/audit-events'), 200);
  expect(JSON.stringify(audit)).toContain(`"send_window":"${openInIndia().from} to ${openInIndia().to}`);
});

for (const { name, viewport, colorScheme } of views)
  test.describe(`on a ${name}`, () => {
    test.use({ viewport, colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    test('those inside the window are sent to, the others are seen to wait, and go when it is opened', async ({
      page,
      request,
    }) => {
      test.setTimeout(120_000);
      const complaints = listen(page);
      const account = await signUp(request);
      const shop = await openShop(account);
      await signIn(page, account, `/senders/${shop.sender.id}`);
      const panel = page.getByRole('region', { name: 'Send window' });
      await press(panel.getByLabel('Send only at certain hours'), panel.getByLabel('From'));
      await panel.getByLabel('To').fill('09:00');
      await expect(panel.getByText('The window is empty')).toBeVisible();
      const { from, to } = openInIndia();
      await panel.getByLabel('From').fill(from);
      await panel.getByLabel('To').fill(to);
      await checkPage(page);
      await panel.getByRole('button', { name: 'Save send window' }).click();
      await expect(panel.getByRole('status')).toContainText(`from ${from} to ${to}`);
      await checkAtBothWidths(page);

      const phones = [1, 2, 3].map(indian).concat([1, 2].map(japanese));
      const id = await createCampaign(account, shop, { phones });
      await send(account, id);
      await page.goto(`/campaigns/${id}`);
      await expect(page.getByText('Waiting for the send window')).toBeVisible({ timeout: 30_000 });
      const line = page.getByText(
        /^2 wait for their send window\. It opens next in Japan, at \d\d:\d\d there, /,
      );
      await expect(line).toBeVisible();
      await expect(line).toContainText(/in 19 h \d+ min\.$/);
      await expect(page.getByText(/^at least 19 h \d+ min$/)).toBeVisible();
      await untilCampaign(account, id, ({ pending }) => pending === 2);
      const read = async () => answerOf(await account.api.get(`/api/campaigns/${id}`), 200);
      expect(await read()).toMatchObject({
        status: 'active',
        sent: 3,
        waits: [{ reason: 'window', waiting: 2, places: [{ country: 'JP', waiting: 2 }] }],
      });
      const held = await answerOf(
        await account.api.get(`/api/campaigns/${id}/recipients?status=pending`),
        200,
      );
      expect(held).toMatchObject({
        recipients: [1, 2].map((i) => ({ to: japanese(i), waits_for: 'window', attempts: 0 })),
      });
      await page.getByLabel('Status').selectOption('pending');
      await expect(page.getByText(/^Waits for its send window until /).filter({ visible: true })).toHaveCount(
        2,
      );
      await checkAtBothWidths(page);
      await press(page.getByRole('button', { name: japanese(1) }), page.getByRole('dialog'));
      await expect(page.getByRole('dialog')).toContainText('Waits for its send window until');
      await page.keyboard.press('Escape');

      const opened = Date.now();
      await answerOf(await account.api.patch(`/api/senders/${shop.sender.id}`, { send_window: null }), 200);
      await untilCampaign(account, id, ({ pending }) => pending === 0);
      expect(Date.now() - opened).toBeLessThan(5_000);
      await untilCampaign(account, id, isCompleted);
      expect(await read()).toMatchObject({ sent: 5, waits: [] });
      expect(complaints).toEqual([]);
    });

    test('the review says who is outside the window, and when they go', async ({ page, request }) => {
      test.setTimeout(90_000);
      const complaints = listen(page);
      const account = await signUp(request);
      await openShop(account, { send_window: openInIndia() });
      await signIn(page, account);
      await beginCampaign(page);
      const rows = [indian(1), indian(2), japanese(1)].map((phone, i) => `Ana,${phone},10%,ana-${i}`);
      await chooseFile(page, csvFile(['First name,Mobile,Discount,Offer code', ...rows].join('\n')));
      await page.getByRole('button', { name: 'Next: Map and fix' }).click();
      await expectCounts(page, { 'Will be sent': 3 });
      await page.getByRole('button', { name: 'Next: Review and send' }).click();
      const news = page.getByRole('region', { name: 'Send window' });
      await expect(news).toContainText('1 is outside it now and waits.');
      await expect(news.getByRole('row', { name: /^Japan 1 from / })).toBeVisible();
      await expect(page.getByText(/besides the time that 1 of them waits/)).toBeVisible();
      await checkAtBothWidths(page);
      await page.getByLabel(/have agreed/).check();
      await page.getByRole('button', { name: 'Send 3 messages' }).click();
      await expect(page.getByRole('dialog')).toContainText('1 of them waits until the send window opens');
      await checkPage(page);
      expect(complaints).toEqual([]);
    });
  });
