import { expect, test, type Page } from '@playwright/test';
import postgres from 'postgres';
import { readRunning } from '@/scripts/product/data-folder';
import { answerOf, failureOf, signUp, type Account } from './support/api';
import { createCampaign, goodPhone, isCompleted, openShop, untilCampaign } from './support/campaigns';
import { checkAtBothWidths, checkPage, listen, press, signIn, views } from './support/pages';
import { sandbox } from './support/sandbox';
import { beginCampaign, chooseFile, csvFile, expectCounts } from './support/wizard';

/** Days on which the clocks change in Berlin, far enough ahead for this test to grow old. */
const BERLIN = 'Europe/Berlin';
const SPRING = '2037-03-29';
const AUTUMN = '2037-10-25';

/** The time from now is the browser's to say: it is there once the page has come alive. */
const ALIVE_MS = 20_000;

const shape = (answer: unknown) => answer as { campaign: Record<string, unknown> };

/** A draft, and what plans its start. */
async function draftOf(account: Account, name = 'Autumn') {
  const shop = await openShop(account);
  const id = await createCampaign(account, shop, { phones: [goodPhone(1), goodPhone(2)], name });
  const path = `/api/campaigns/${id}`;
  return { id, shop, path, plan: (schedule: object) => account.api.patch(path, { schedule }) };
}

/** What only the database can be told. */
async function tellDatabase(work: (tx: postgres.TransactionSql) => Promise<unknown>): Promise<void> {
  const sql = postgres(readRunning(process.env.HERALD_E2E_DATA ?? '')?.databaseUrl ?? '', { max: 1 });
  try {
    await sql.begin(async (tx) => {
      await tx`SET LOCAL herald.workspace = '*'`;
      await work(tx);
    });
  } finally {
    await sql.end();
  }
}

/** As if nothing had been running when its time came. */
const letItBeMissed = (id: string, minutes: number) =>
  tellDatabase(
    (tx) =>
      tx`UPDATE campaigns SET scheduled_at = now() - make_interval(mins => ${minutes}) WHERE id = ${id}`,
  );

/** As if the campaign were sent from this number: the sandbox gives out American ones only. */
const letItBeSentFrom = (id: string, display: string) =>
  tellDatabase(
    (tx) => tx`UPDATE senders SET display_phone_number = ${display}
      FROM campaigns c WHERE c.id = ${id} AND c.workspace_id = senders.workspace_id AND c.sender_id = senders.id`,
  );

test('a start is planned by the clocks of a zone, asked about where they change, moved and taken back', async ({
  request,
}) => {
  const account = await signUp(request);
  const { path, plan } = await draftOf(account);
  const planned = shape(
    await answerOf(await plan({ local_time: `${SPRING}T09:00`, time_zone: BERLIN }), 200),
  );
  expect(planned.campaign).toMatchObject({
    status: 'scheduled',
    scheduled_at: `${SPRING}T07:00:00.000Z`,
    scheduled_time_zone: BERLIN,
    start_missed_at: null,
  });

  const skipped = await failureOf(await plan({ local_time: `${SPRING}T02:30`, time_zone: BERLIN }), 422);
  expect(skipped).toMatchObject({
    code: 'local_time_skipped',
    message: expect.stringContaining(`${SPRING}T01:59+01:00 and ${SPRING}T03:00+02:00`),
  });
  const twice = { local_time: `${AUTUMN}T02:30`, time_zone: BERLIN };
  expect(await failureOf(await plan(twice), 422)).toMatchObject({
    code: 'local_time_twice',
    issues: [
      { path: 'schedule.offset', message: `${AUTUMN}T02:30+02:00 is ${AUTUMN}T00:30:00.000Z.` },
      { path: 'schedule.offset', message: `${AUTUMN}T02:30+01:00 is ${AUTUMN}T01:30:00.000Z.` },
    ],
  });
  const second = shape(await answerOf(await plan({ ...twice, offset: '+01:00' }), 200));
  expect(second.campaign).toMatchObject({ scheduled_at: `${AUTUMN}T01:30:00.000Z` });

  for (const [refused, code] of [
    [{ local_time: '2020-01-01T09:00', time_zone: BERLIN }, 'scheduled_in_the_past'],
    [{ ...twice, offset: '+05:00' }, 'wrong_offset'],
    [{ ...twice, time_zone: 'Berlin' }, 'validation_failed'],
  ] as const)
    expect(await failureOf(await plan(refused), 422)).toMatchObject({ code });
  await failureOf(
    await account.api.patch(path, { schedule: { ...twice, offset: '+01:00' }, scheduled_at: null }),
    422,
  );

  const instant = await answerOf(await account.api.patch(path, { scheduled_at: `${SPRING}T07:00:00Z` }), 200);
  expect(shape(instant).campaign).toMatchObject({ status: 'scheduled', scheduled_time_zone: null });
  const back = await answerOf(await account.api.patch(path, { scheduled_at: null }), 200);
  expect(shape(back).campaign).toMatchObject({ status: 'draft', scheduled_at: null });
});

test('how late a start may be is set for the account, within bounds', async ({ request }) => {
  const { api } = await signUp(request);
  expect(await answerOf(await api.get('/api/workspace'), 200)).toEqual({ late_after_minutes: 60 });
  for (const late_after_minutes of [0, 1441, 2.5, '5', null])
    await failureOf(await api.patch('/api/workspace', { late_after_minutes }), 422);
  await answerOf(await api.patch('/api/workspace', { late_after_minutes: 5 }), 200);
  expect(await answerOf(await api.get('/api/workspace'), 200)).toEqual({ late_after_minutes: 5 });
});

const timer = (page: Page) => page.getByRole('timer', { name: 'Time until it starts' });

for (const { name, viewport, colorScheme } of views)
  test.describe(`on a ${name}`, () => {
    test.use({
      viewport,
      colorScheme,
      timezoneId: 'Europe/Lisbon',
      contextOptions: { reducedMotion: 'reduce' },
    });

    test('the wizard plans a start in another zone, and its page moves it and takes it back', async ({
      page,
      request,
    }) => {
      test.setTimeout(120_000);
      const complaints = listen(page);
      const account = await signUp(request);
      await openShop(account);
      await signIn(page, account);
      await beginCampaign(page);
      const rows = [1, 2].map((i) => `Ana,${goodPhone(i)},10%,ana-${i}`);
      await chooseFile(page, csvFile(['First name,Mobile,Discount,Offer code', ...rows].join('\n')));
      await page.getByRole('button', { name: 'Next: Map and fix' }).click();
      await expectCounts(page, { 'Will be sent': 2 });
      await page.getByRole('button', { name: 'Next: Review and send' }).click();
      await page.getByLabel(/have agreed/).check();
      await page.getByLabel('At a time').check();
      await expect(page.getByLabel('Time zone')).toHaveValue('Europe/Lisbon');
      await page.getByLabel('Time zone').selectOption(BERLIN);
      const time = page.getByLabel('Day and time');
      await time.fill('2020-01-01T09:00');
      await expect(page.getByText(/This time has passed/).first()).toBeVisible();
      await time.fill(`${SPRING}T02:30`);
      await expect(page.getByText(/from 01:59 straight to 03:00/).first()).toBeVisible();
      await checkPage(page);
      await page.getByRole('button', { name: 'Use 03:00' }).click();
      await expect(time).toBeFocused();
      await expect(page.getByText(/^Where you are: 02:00 on Sunday 29 March 2037/)).toBeVisible();
      // The number belongs to no one of the countries behind +1.
      await expect(
        page.getByText(
          /^Where the sender is: from 15:00 on Saturday 28 March 2037, .+, to \d\d:30 on Saturday/,
        ),
      ).toBeVisible();
      await time.fill(`${AUTUMN}T02:30`);
      await checkPage(page);
      await page.getByLabel(/^The second 02:30, UTC\+01:00/).check();
      await expect(timer(page)).toHaveText(/^in \d+ d( \d+ h)?$/);
      await page.getByRole('button', { name: 'Schedule 2 messages' }).click();
      const dialog = page.getByRole('dialog');
      await expect(dialog).toContainText('02:30 on Sunday 25 October 2037, Europe/Berlin');
      await checkPage(page);
      await dialog.getByRole('button', { name: 'Schedule 2 messages' }).click();

      await page.waitForURL(/\/campaigns\/[\w-]{36}$/, { timeout: 30_000 });
      const id = page.url().split('/').at(-1) ?? '';
      expect(await account.api.campaign(id)).toMatchObject({ scheduled_at: `${AUTUMN}T01:30:00.000Z` });
      await expect(page.getByText('02:30 on Sunday 25 October 2037, Europe/Berlin').first()).toBeVisible();
      await expect(page.getByRole('region', { name: 'Timeline' })).toContainText(
        'planned the start for 02:30',
      );
      await checkAtBothWidths(page);

      await letItBeSentFrom(id, '+81 3-1234-5678');
      await page.reload();
      const inTokyo = page.getByText('Where the sender is: 10:30 on Sunday 25 October 2037, Asia/Tokyo');
      // Where it is about to start, and among the details.
      await expect(inTokyo).toHaveCount(2);
      await expect(page.getByText(/^Where you are: 01:30 on Sunday 25 October 2037/)).toBeVisible();
      await checkAtBothWidths(page);
      await letItBeSentFrom(id, '+44 20 7946 0958');
      await page.reload();
      await expect(page.getByText(/^Where the sender and you are: 01:30 on Sunday 25 October/)).toBeVisible();
      await expect(page.getByText(/^Where (the sender is|you are)/)).toHaveCount(0);

      await page.getByRole('button', { name: 'Change the time' }).click();
      await expect(page.getByLabel(/^The second 02:30/)).toBeChecked();
      await page.getByLabel('Day and time').fill(`${AUTUMN}T08:00`);
      await page.getByRole('button', { name: 'Set the start' }).click();
      await expect(page.getByText('08:00 on Sunday 25 October 2037, Europe/Berlin').first()).toBeVisible();
      await page.goto('/campaigns');
      const starts = page.getByText(/^Starts 25 Oct 2037, 07:00, in \d+ d/).filter({ visible: true });
      await expect(starts).toBeVisible({ timeout: ALIVE_MS });
      await checkPage(page);
      await page.goto(`/campaigns/${id}`);
      const cancel = page.getByRole('button', { name: 'Cancel the start' });
      await press(cancel, page.getByRole('button', { name: 'Send 2 messages' }));
      expect(await account.api.campaign(id)).toMatchObject({ status: 'draft', scheduled_at: null });
      expect(complaints).toEqual([]);
    });

    test('a start that was missed waits: it is started, or given a new time, by a person', async ({
      page,
      request,
    }) => {
      test.setTimeout(90_000);
      const complaints = listen(page);
      const account = await signUp(request);
      const { id, plan } = await draftOf(account, 'Night sale');
      await answerOf(await plan({ local_time: `${SPRING}T09:00`, time_zone: BERLIN }), 200);
      await signIn(page, account, `/campaigns/${id}`);
      await letItBeMissed(id, 125);
      // The page is open as the worker finds it: nothing is sent, and it says so by itself.
      const late = page.getByRole('alert').filter({ hasText: /^2 h 5 m late: start now, or set a new time/ });
      await expect(late).toBeVisible({ timeout: 20_000 });
      await expect(page.getByRole('region', { name: 'Timeline' })).toContainText(
        'did not start it: 2 h 5 m late',
      );
      expect(await account.api.campaign(id)).toMatchObject({
        status: 'scheduled',
        pending: 2,
        started_at: null,
      });
      await checkAtBothWidths(page);
      await page.goto('/campaigns');
      const asks = page.getByText(/2 h \d+ m late: start now, or set a new time/).filter({ visible: true });
      await expect(asks).toBeVisible({ timeout: ALIVE_MS });
      await checkPage(page);

      await page.goto(`/campaigns/${id}`);
      await press(page.getByRole('button', { name: 'Set a new time' }), page.getByRole('dialog'));
      await expect(page.getByLabel('Time zone')).toHaveValue(BERLIN);
      await page.getByLabel('Day and time').fill(`${AUTUMN}T08:00`);
      await page.getByRole('button', { name: 'Set the start' }).click();
      await expect(late).toHaveCount(0);
      await expect(timer(page)).toHaveText(/^in \d+ d/);

      await letItBeMissed(id, 125);
      await page.getByRole('button', { name: 'Start now' }).click({ timeout: 20_000 });
      await untilCampaign(account, id, isCompleted);
      await expect(page.getByText('Completed', { exact: true }).first()).toBeVisible();
      expect(complaints).toEqual([]);
    });

    test('a planned start that a brake holds asks the same, with the reason', async ({ page, request }) => {
      test.setTimeout(150_000);
      const complaints = listen(page);
      const account = await signUp(request);
      const { id, path, plan, shop } = await draftOf(account, 'Morning sale');
      await answerOf(await plan({ local_time: `${SPRING}T09:00`, time_zone: BERLIN }), 200);
      await signIn(page, account, `/campaigns/${id}`);
      await expect(page.getByRole('heading', { name: 'Starts by itself' })).toBeVisible();
      const { sender } = shop;
      const rate = async (quality_rating: string) => {
        await sandbox('PATCH', `/numbers/${sender.phone_number_id}`, { quality_rating });
        await answerOf(await account.api.post(`/api/senders/${sender.id}/sync`), 200);
      };
      await rate('RED');
      const held = page.getByRole('alert').filter({ hasText: /^Start held: start now, or set a new time/ });
      await expect(held).toContainText('WhatsApp rates the quality of this number as low (red)');
      await expect(held).toContainText('09:00 on Sunday 29 March 2037, Europe/Berlin');
      await expect(held).toContainText('Where you are: 08:00 on Sunday 29 March 2037, Europe/Lisbon');
      await expect(page.getByRole('region', { name: 'Timeline' })).toContainText('holds the planned start');
      expect(shape({ campaign: await answerOf(await account.api.get(path), 200) }).campaign).toMatchObject({
        status: 'scheduled',
        start_missed_at: expect.any(String),
        paused_reason: expect.stringContaining('low (red)'),
      });
      await checkAtBothWidths(page);
      await page.goto('/campaigns');
      const asks = page.getByText('Start held: start now, or set a new time').filter({ visible: true });
      await expect(asks).toBeVisible({ timeout: ALIVE_MS });
      await checkPage(page);

      await page.goto(`/campaigns/${id}`);
      await press(held.getByRole('button', { name: 'Set a new time' }), page.getByRole('dialog'));
      await page.getByLabel('Day and time').fill(`${AUTUMN}T08:00`);
      await page.getByRole('button', { name: 'Set the start' }).click();
      await expect(held).toHaveCount(0);
      await expect(timer(page)).toHaveText(/^in \d+ d/);

      await rate('GREEN');
      await rate('RED');
      await held.getByRole('button', { name: 'Start now' }).click();
      await untilCampaign(account, id, isCompleted);
      expect(await account.api.campaign(id)).toMatchObject({ status: 'completed', sent: 2 });
      expect(complaints).toEqual([]);
    });
  });
