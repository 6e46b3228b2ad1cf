import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { answerOf, failureOf, signUp, type Account } from './support/api';
import { goodPhone, openShop, send, untilCampaign, type Shop } from './support/campaigns';
import { PICTURE, uploadPicture } from './support/media';
import { signIn } from './support/pages';
import { ledger, sandbox } from './support/sandbox';
import { createdShape } from './support/shapes';
import { chooseFile, confirmAndSend, csvFile, untilCampaignPage } from './support/wizard';

const link = 'https://example.com/lamp.jpg';
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

/** Of each kind: what its recipients are given. */
const KINDS: Record<string, Record<string, string>> = {
  courier_nearby: {
    header_location_latitude: '37.4833',
    header_location_longitude: '-122.1484',
    header_location_name: 'Our shop',
    header_location_address: '1 Main Street',
    body_param_1: 'Ana',
    body_param_2: '#1',
    body_param_3: '18:00',
  },
  weekend_offer: {
    header_media_url: link,
    offer_expires_at: TOMORROW,
    body_param_1: 'Ana',
    body_param_2: '25%',
    button_code_param: 'ANA25',
    button_url_param: 'ana',
  },
  lamp_carousel: Object.fromEntries([
    ['body_param_1', 'Ana'],
    ...[1, 2, 3].flatMap((card) => [
      [`card_${card}_header_media_url`, link],
      [`card_${card}_body_param_1`, '$9'],
      [`card_${card}_button_url_param`, 'ana'],
      [`card_${card}_button_payload_param_1`, `remind-${card}`],
    ]),
  ]) as Record<string, string>,
  browse_catalogue: { body_param_1: 'Ana', button_thumbnail_param: 'sku-1' },
  picked_for_you: {
    body_param_1: 'Ana',
    button_thumbnail_param: 'sku-1',
    button_products_param: 'Popular: sku-1, sku-2; New: sku-3',
  },
  book_a_visit: { body_param_1: 'Ana', button_flow_data_param: '{"day":"Monday"}' },
  sign_in_code: { body_param_1: '123456' },
};

async function create(
  { api }: Account,
  shop: Shop,
  order: { template: string; params: Record<string, string>; phones?: string[]; formats?: object },
): Promise<string> {
  const answer = await api.post('/api/campaigns/create', {
    name: order.template,
    template_id: shop.template(order.template).id,
    ...(order.formats ? { formats: order.formats } : {}),
    recipients: (order.phones ?? [goodPhone(1)]).map((phone_number) => ({ phone_number, ...order.params })),
  });
  return createdShape.parse(await answerOf(answer, 201)).campaign_id;
}

async function uploads(): Promise<number> {
  return z.object({ uploads: z.number() }).parse(await sandbox('GET', '/media')).uploads;
}

test('a template of every kind is delivered', async ({ request }) => {
  const account = await signUp(request);
  const shop = await openShop(account);
  const ids: string[] = [];
  for (const [template, params] of Object.entries(KINDS)) {
    const id = await create(account, shop, { template, params });
    await send(account, id, { rate_limit: 5, worker_count: 1 });
    await untilCampaign(account, id, ({ status }) => status === 'completed');
    ids.push(id);
  }
  for (const id of ids) {
    const campaign = await untilCampaign(account, id, ({ delivered, failed }) => delivered + failed === 1);
    expect(campaign.failed, campaign.name).toBe(0);
  }
});

test('an amount and a date go out as such; a wrong amount stops the list', async ({ request }) => {
  const account = await signUp(request);
  const shop = await openShop(account);
  const params = { body_param_1: 'Ana', body_param_2: '84.50' };
  const formats = { body_param_2: { type: 'currency', code: 'EUR' } };
  const id = await create(account, shop, { template: 'delivery_on_its_way', params, formats });
  await send(account, id);
  await untilCampaign(account, id, ({ delivered }) => delivered === 1);
  const answer = await account.api.post('/api/campaigns/create', {
    name: 'Wrong',
    template_id: shop.template('delivery_on_its_way').id,
    formats,
    recipients: [{ phone_number: goodPhone(1), ...params, body_param_2: 'a lot' }],
  });
  const { issues } = await failureOf(answer, 422);
  expect(issues).toMatchObject([{ path: 'recipients[0].body_param_2' }]);
});

test('an uploaded file is given to WhatsApp once, and again when WhatsApp has forgotten it', async ({
  request,
}) => {
  test.setTimeout(150_000);
  const account = await signUp(request);
  const shop = await openShop(account);
  const mediaId = await uploadPicture(account.api);
  const params = { header_media_url: `media:${mediaId}`, body_param_1: 'Ana' };
  const phones = [1, 2, 3, 4, 5].map(goodPhone);
  const before = await uploads();
  let uploadedBy = 0;
  for (const expected of [1, 1]) {
    const id = await create(account, shop, { template: 'spring_collection', params, phones });
    await send(account, id);
    await untilCampaign(account, id, ({ delivered }) => delivered === phones.length);
    uploadedBy ||= Date.now();
    expect((await uploads()) - before).toBe(expected);
  }
  const third = await create(account, shop, { template: 'spring_collection', params, phones });
  await failureOf(await account.api.delete(`/api/media/${mediaId}`), 409);

  // Right after an upload it is no expiry: that is for a person to see, and nobody has failed by it.
  await sandbox('DELETE', '/media');
  await send(account, third);
  const paused = await untilCampaign(account, third, ({ status }) => status === 'paused');
  expect(paused.paused_reason).toContain('although it was uploaded just now');
  expect(paused).toMatchObject({ failed: 0, pending: phones.length });

  // Later it is: the file is given anew, and everybody gets the message.
  await expect.poll(() => Date.now() - uploadedBy, { timeout: 60_000 }).toBeGreaterThan(31_000);
  await send(account, third);
  const finished = await untilCampaign(account, third, ({ status }) => status === 'completed');
  expect(finished).toMatchObject({ sent: phones.length, failed: 0 });
  expect((await uploads()) - before).toBe(2);
});

test('only what WhatsApp takes in a header is kept, and only for the header it fits', async ({ request }) => {
  const account = await signUp(request);
  const shop = await openShop(account);
  const page = { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('<html>not a picture</html>') };
  expect(await failureOf(await account.api.uploadMedia(page), 422)).toMatchObject({
    code: 'media_not_accepted',
  });
  const large = { ...PICTURE, buffer: Buffer.concat([PICTURE.buffer, Buffer.alloc(6 * 1024 * 1024)]) };
  await failureOf(await account.api.uploadMedia(large), 422);
  const mediaId = await uploadPicture(account.api);
  const film = {
    name: 'x',
    template_id: shop.template('product_film').id,
    recipients: [
      {
        phone_number: goodPhone(1),
        header_media_url: `media:${mediaId}`,
        body_param_1: 'a',
        body_param_2: 'b',
      },
    ],
  };
  expect(await failureOf(await account.api.post('/api/campaigns/create', film), 422)).toMatchObject({
    code: 'media_invalid',
  });
  await answerOf(await account.api.delete(`/api/media/${mediaId}`), 200);
  await failureOf(await account.api.get(`/api/media/${mediaId}`), 404);
});

test('marketing goes by WhatsApp’s endpoint for it where the sender says so, and nothing else does', async ({
  request,
}) => {
  const account = await signUp(request);
  const shop = await openShop(account);
  const changed = await account.api.patch(`/api/senders/${shop.sender.id}`, {
    marketing_route: 'marketing_messages_strict',
  });
  expect(await answerOf(changed, 200)).toMatchObject({
    sender: { marketing_route: 'marketing_messages_strict' },
  });
  const kinds = ['browse_catalogue', 'courier_nearby'];
  for (const template of kinds) {
    const id = await create(account, shop, { template, params: KINDS[template] ?? {} });
    await send(account, id);
    await untilCampaign(account, id, ({ delivered }) => delivered === 1);
  }
  const entries = await ledger(shop.sender.phone_number_id);
  expect(entries.map(({ decision }) => decision)).toHaveLength(kinds.length);
});

test('a carousel with uploaded pictures, from the wizard to delivered', async ({ page, request }) => {
  test.setTimeout(120_000);
  const account = await signUp(request);
  await openShop(account);
  await signIn(page, account);
  await page.goto('/campaigns/new');
  await page.waitForURL(/\/campaigns\/new\/[\w-]+\?step=template/);
  await page.getByLabel('Template', { exact: true }).and(page.getByRole('searchbox')).fill('lamp carousel');
  await page.getByRole('radio', { name: /lamp_carousel/ }).check();
  await page.getByLabel('Name of the campaign').fill('Lamps');
  await page.getByRole('button', { name: 'Next: Recipients' }).click();
  await chooseFile(page, csvFile(`Phone,First name,Price\n${goodPhone(1)},Ana,39\n${goodPhone(2)},Bo,49\n`));
  await page.getByRole('button', { name: 'Next: Map and fix' }).click();
  await page.getByLabel('Text {{1}}: filled by', { exact: true }).selectOption('column:First name');
  for (const card of [1, 2, 3]) {
    const media = `Card ${card}: picture, video or document`;
    await page.getByLabel(`${media}: filled by`).selectOption('text');
    await page.getByLabel(`${media}: the file`).setInputFiles(PICTURE);
    await expect(page.getByRole('button', { name: `${media}: take the file out` })).toBeVisible();
    await page.getByLabel(`Card ${card}: text {{1}}: filled by`).selectOption('column:Price');
    await page.getByLabel(`Card ${card}: text {{1}}: written as`).selectOption('currency');
    const ending = `Card ${card}: end of the link button’s address`;
    await page.getByLabel(`${ending}: filled by`).selectOption('text');
    await page.getByLabel(`${ending}: the text`).fill('all');
  }
  const bubble = page.getByRole('figure', { name: 'WhatsApp message lamp_carousel' });
  await expect(bubble.getByText('$39.00').first()).toBeVisible();
  await expect(bubble.getByRole('img', { name: 'The header’s picture' })).toHaveCount(3);
  await page.getByRole('button', { name: 'Next: Review and send' }).click();
  await page.waitForURL(/step=review/);
  await confirmAndSend(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Send 2 messages' }).click();
  await untilCampaignPage(page);
  const id = page.url().split('/').pop() ?? '';
  await untilCampaign(account, id, ({ delivered }) => delivered === 2, 40_000);
});
