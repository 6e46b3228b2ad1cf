import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { answerOf, failureOf, signUp, type Account } from './support/api';
import {
  createCampaign,
  goodPhone,
  isCompleted,
  openShop,
  send,
  specialPhone,
  untilCampaign,
  type Shop,
} from './support/campaigns';
import { checkPage, listen, press, signIn, views } from './support/pages';
import { confirmAndSend, expectCounts, untilCampaignPage } from './support/wizard';

const NEVER_READ = [0, 1, 2].map((i) => specialPhone('0003', i));
const LIMITED = [0, 1].map((i) => specialPhone('0004', i));
const REPLIED = specialPhone('0022');

const choicesShape = z.object({
  audiences: z.array(z.object({ audience: z.string(), error_code: z.number().nullish(), count: z.number() })),
  columns: z.array(z.string()),
});

const choicesOf = async ({ api }: Account, id: string) =>
  choicesShape.parse(await answerOf(await api.get(`/api/campaigns/${id}/follow-up`), 200));

/** Three who never read, two whom WhatsApp limits, one who writes back: all reported. */
async function finishedCampaign(account: Account, shop: Shop): Promise<string> {
  const phones = [...NEVER_READ, ...LIMITED, REPLIED];
  const id = await createCampaign(account, shop, { phones, name: 'Spring' });
  await send(account, id);
  await untilCampaign(account, id, isCompleted);
  await untilCampaign(
    account,
    id,
    ({ delivered, read, failed }) => delivered === 4 && read === 1 && failed === 2,
  );
  await expect
    .poll(
      async () => (await choicesOf(account, id)).audiences.find((each) => each.audience === 'replied')?.count,
    )
    .toBe(1);
  return id;
}

test('a program makes a campaign of those who did not read the first one, once for one key', async ({
  request,
}) => {
  const account = await signUp(request);
  const { api } = account;
  const shop = await openShop(account);
  const id = await finishedCampaign(account, shop);
  const { audiences, columns } = await choicesOf(account, id);
  const counts = audiences.map(({ audience, error_code, count }) => [audience, error_code, count]);
  expect(counts).toEqual([
    ['not_read', undefined, 3],
    ['read_not_replied', undefined, 0],
    ['replied', undefined, 1],
    ['read', undefined, 1],
    ['delivered', undefined, 4],
    ['failed', undefined, 2],
    ['failed', 131049, 2],
    ['everyone', undefined, 6],
  ]);
  expect(columns).toContain('phone_number');
  await answerOf(await api.post('/api/opt-outs', { phones: [NEVER_READ[0]], reason: 'Asked' }), 201);

  const template_id = shop.template('delivery_on_its_way').id;
  const order = { name: 'Reminder', template_id, audience: 'not_read' };
  const path = `/api/campaigns/${id}/follow-up`;
  const key = { 'Idempotency-Key': crypto.randomUUID() };
  const made = await answerOf(await api.post(path, order, key), 201);
  expect(made).toMatchObject({
    success: true,
    total_recipients: 2,
    message: 'Campaign created successfully',
    suppressed: 1,
  });
  expect(await answerOf(await api.post(path, order, key), 201)).toEqual(made);
  expect(z.array(z.unknown()).parse(await answerOf(await api.get('/api/campaigns'), 200))).toHaveLength(2);
  const reminderId = z.object({ campaign_id: z.uuid() }).parse(made).campaign_id;
  const reminder = await answerOf(await api.get(`/api/campaigns/${reminderId}`), 200);
  expect(reminder).toMatchObject({
    status: 'draft',
    follows: { campaign_id: id, name: 'Spring', audience: 'not_read' },
  });
  expect((await api.recipients(reminderId)).map(({ to }) => to)).toEqual(NEVER_READ.slice(1));

  const nobody = await failureOf(await api.post(path, { ...order, audience: 'read_not_replied' }), 422);
  expect(nobody.code).toBe('nobody_in_audience');
  const narrowed = await failureOf(await api.post(path, { ...order, error_code: 131049 }), 422);
  expect(narrowed.issues?.[0]?.path).toBe('error_code');

  // Whom WhatsApp limits goes again by that code after 24 hours at the earliest.
  const retry = (body?: object) => api.post(`/api/campaigns/${id}/retry`, body);
  const refused = await failureOf(await retry({ error_codes: [131049] }), 409);
  expect(refused.code).toBe('retry_too_soon');
  expect((await api.campaign(id)).failed).toBe(2);
});

for (const { name, viewport, colorScheme } of views) {
  test.describe(`on a ${name}`, () => {
    test.use({ viewport, colorScheme });

    test('a person follows a campaign up, from its page to the next one sent', async ({ page, request }) => {
      test.setTimeout(120_000);
      const complaints = listen(page);
      const account = await signUp(request);
      const shop = await openShop(account);
      const id = await finishedCampaign(account, shop);
      await signIn(page, account, `/campaigns/${id}`);
      const causes = page.getByRole('region', { name: 'Failed, by cause' });
      await expect(causes.getByText(/Retry from/)).toBeVisible();
      await expect(causes.getByRole('button', { name: /^Retry/ })).toHaveCount(0);

      // From a cause it is that cause that is asked for; from the funnel, by the keyboard, those who did not read.
      const dialog = page.getByRole('dialog', { name: 'Follow up' });
      await press(causes.getByRole('button', { name: 'Follow up' }), dialog.getByText('For whom'));
      await expect(dialog.getByRole('radio', { name: /Failed with code 131049/ })).toBeChecked();
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
      const open = page.getByRole('region', { name: 'How far the messages came' }).getByRole('button');
      await open.focus();
      await page.keyboard.press('Enter');
      await expect(dialog.getByRole('radio', { name: /^Not read/ })).toBeChecked();
      await expect(dialog.getByRole('radio', { name: /^Read, not replied/ })).toBeDisabled();
      await checkPage(page);
      await dialog.getByRole('radio', { name: /^Not read/ }).focus();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');

      await page.waitForURL(/\/campaigns\/new\/[\w-]+\?step=template/);
      await expect(page.getByLabel('Name of the campaign')).toHaveValue('Follow-up: Spring');
      await page
        .getByRole('radio', { name: /delivery_on_its_way/ })
        .first()
        .check();
      await page.getByRole('button', { name: 'Next: Recipients' }).click();
      await expect(page.getByText('These are people of “Spring”')).toBeVisible();
      await expect(page.getByText('Spring, not read.csv')).toBeVisible();
      await checkPage(page);
      await page.getByRole('button', { name: 'Next: Map and fix' }).click();
      await expect(page.getByLabel('Phone number: filled by')).toHaveValue('column:phone_number');
      await expectCounts(page, { 'Will be sent': 3, Invalid: 0, 'Value missing': 0 });
      await page.getByRole('button', { name: 'Next: Review and send' }).click();
      await confirmAndSend(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Send 3 messages' }).click();
      await untilCampaignPage(page);

      const details = page.getByRole('region', { name: 'Details' });
      await expect(details.getByText('(not read)')).toBeVisible();
      await checkPage(page);
      await details.getByRole('link', { name: 'Spring' }).click();
      await page.waitForURL(`**/campaigns/${id}`);
      const timeline = page.getByRole('region', { name: 'Timeline' });
      await expect(timeline.getByText(/made a follow-up for 3 recipients \(not read\)/)).toBeVisible();
      await timeline.getByRole('link', { name: 'Follow-up: Spring' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Follow-up: Spring');
      expect(complaints).toEqual([]);
    });
  });
}

test('another list in the wizard is not a follow-up any more', async ({ page, request }) => {
  test.setTimeout(90_000);
  const account = await signUp(request);
  const shop = await openShop(account);
  const id = await createCampaign(account, shop, { phones: [goodPhone(1)], name: 'Spring' });
  const follow_up = { campaign_id: id, audience: 'everyone' };
  const made = await answerOf(await account.api.post('/api/drafts', { follow_up }), 201);
  const { draft } = z.object({ draft: z.object({ id: z.uuid() }) }).parse(made);
  await signIn(page, account, `/campaigns/new/${draft.id}?step=file`);
  await expect(page.getByText('These are people of “Spring”')).toBeVisible();
  await page.getByRole('button', { name: 'Take another list' }).click();
  await expect(page.getByText('These are people of “Spring”')).toBeHidden();
  const contents = async () =>
    z
      .object({ contents: z.object({ follows: z.unknown(), file: z.unknown() }) })
      .parse(await answerOf(await account.api.get(`/api/drafts/${draft.id}`), 200)).contents;
  await expect.poll(contents).toEqual({ follows: null, file: null });
});
