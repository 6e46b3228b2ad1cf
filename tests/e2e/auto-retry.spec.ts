import { expect, test } from '@playwright/test';
import { answerOf, signUp } from './support/api';
import {
  createCampaign,
  goodPhone,
  isCompleted,
  openShop,
  send,
  specialPhone,
  untilCampaign,
} from './support/campaigns';
import { checkAtBothWidths, listen, signIn } from './support/pages';

test('a cause that may get better is set to go again by itself, and off again', async ({ page, request }) => {
  const complaints = listen(page);
  const account = await signUp(request);
  const shop = await openShop(account);
  const phones = [goodPhone(1), specialPhone('0004'), specialPhone('0002')];
  const id = await createCampaign(account, shop, { phones });
  await send(account, id);
  await untilCampaign(account, id, (campaign) => isCompleted(campaign) && campaign.failed === 2);

  const patch = (auto_retry: object) => account.api.patch(`/api/campaigns/${id}`, { auto_retry });
  const tooSoon = await patch({ error_codes: [131049], after_hours: 1, times: 1 });
  expect(tooSoon.status()).toBe(422);
  expect(JSON.stringify(await tooSoon.json())).toContain('left alone for 24 hours');

  await signIn(page, account, `/campaigns/${id}`);
  const causes = page.getByRole('region', { name: 'Failed, by cause' });
  await causes.getByRole('button', { name: 'Set it up' }).click();
  await expect(causes.getByRole('checkbox')).toHaveCount(1);
  await causes.getByLabel('Hours after the failure').fill('36');
  await checkAtBothWidths(page);
  await causes.getByRole('button', { name: 'Save' }).click();
  await expect(causes.getByText(/^36 hours after the failure, once for each person: /)).toBeVisible();
  await expect(page.getByText('set some failed messages to be sent again by themselves')).toBeVisible();
  const set = await answerOf(await account.api.get(`/api/campaigns/${id}`), 200);
  expect(set).toMatchObject({ auto_retry: { error_codes: [131049], after_hours: 36, times: 1 } });
  await causes.getByRole('button', { name: 'Switch off' }).click();
  await expect(causes.getByText('Off: a person decides.')).toBeVisible();
  expect(complaints).toEqual([]);
});
