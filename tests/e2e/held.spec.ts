import { expect, test } from '@playwright/test';
import { signUp } from './support/api';
import { createCampaign, goodPhone, openShop, send, specialPhone, untilCampaign } from './support/campaigns';
import { checkAtBothWidths, listen, signIn } from './support/pages';
import { changeSandbox } from './support/sandbox';

test('messages that WhatsApp holds are counted by themselves until it releases or drops them', async ({
  page,
  request,
}) => {
  const complaints = listen(page);
  const account = await signUp(request);
  const shop = await openShop(account);
  // Held for some 15 s: time to look at it.
  await changeSandbox(shop.sender.phone_number_id, { delay_scale: 3 });
  const phones = [goodPhone(1), specialPhone('0018', 1), specialPhone('0018', 2), specialPhone('0034')];
  const id = await createCampaign(account, shop, { phones });
  await send(account, id);
  await untilCampaign(account, id, ({ held }) => held === 3);
  await signIn(page, account, `/campaigns/${id}`);
  await expect(page.getByText('3 of the sent are held by WhatsApp.')).toBeVisible();
  await expect(page.getByText('held by WhatsApp', { exact: true }).first()).toBeVisible();
  await checkAtBothWidths(page);
  const settled = await untilCampaign(account, id, ({ held }) => held === 0, 50_000);
  expect(settled).toMatchObject({ sent: 3, failed: 1 });
  await expect(page.getByText('of the sent are held by WhatsApp.')).toHaveCount(0);
  expect(complaints).toEqual([]);
});
