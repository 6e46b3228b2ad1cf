import { expect, test, type Page } from '@playwright/test';
import { answerOf, signUp } from './support/api';
import { goodPhone, openShop } from './support/campaigns';
import { checkPage, listen, press, signIn, views } from './support/pages';
import { changeSandbox, sandbox } from './support/sandbox';
import { chooseFile, confirmAndSend, csvFile, expectCounts, untilCampaignPage } from './support/wizard';

const PEOPLE = [1, 2, 3].map(goodPhone);
const SAID = 'Gracias 🙏 شكراً';

/** The number under a stage of the funnel. */
async function stage(page: Page, word: string): Promise<number> {
  const item = page.getByRole('listitem').filter({ has: page.getByText(word, { exact: true }) });
  return Number((await item.locator('p').nth(1).innerText()).replace(/\D/g, ''));
}

for (const { name, viewport, colorScheme } of views) {
  test.describe(`on a ${name}`, () => {
    test.use({ viewport, colorScheme });

    test('a campaign whose link is followed and answered, from the wizard to an opt-out', async ({
      page,
      request,
      baseURL,
    }) => {
      test.setTimeout(120_000);
      const complaints = listen(page);
      const account = await signUp(request);
      const { sender } = await openShop(account);
      const { phone_number_id } = sender;
      await changeSandbox(phone_number_id, {
        read_share: 1,
        click_share: 1,
        reply_share: 1,
        stop_share: 0,
        reply_texts: [SAID],
      });
      const url = `${baseURL ?? ''}/r/{{1}}`;
      const components = [
        { type: 'BODY', text: 'Hi {{1}}, a present is waiting.', example: { body_text: [['Ana']] } },
        { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Open it', url, example: ['x'] }] },
      ];
      const template = { name: 'a_present', language: 'en_US', category: 'MARKETING', components };
      await sandbox('POST', '/templates', { phone_number_id, template });
      await answerOf(await account.api.post(`/api/senders/${sender.id}/sync`), 200);

      await signIn(page, account, '/campaigns/new');
      await page.waitForURL(/\/campaigns\/new\/[\w-]+\?step=template/);
      await page.getByRole('radio', { name: /a_present/ }).check();
      await page.getByLabel('Name of the campaign').fill('Presents');
      await page.getByRole('button', { name: 'Next: Recipients' }).click();
      const rows = PEOPLE.map((phone, i) => `${phone},Ana ${i},gift-${i}`);
      await chooseFile(page, csvFile(['phone_number,body_param_1,button_url_param', ...rows].join('\n')));
      await page.getByRole('button', { name: 'Next: Map and fix' }).click();
      await expectCounts(page, { 'Will be sent': 3, Invalid: 0, 'Value missing': 0 });
      // Without a destination it does not go on; nor to one that is not https.
      const next = page.getByRole('button', { name: 'Next: Review and send' });
      const destination = page.getByLabel('Where a click leads');
      await next.click();
      await expect(destination).toBeFocused();
      await destination.fill('http://shop.example.com/');
      await expect(page.getByText(/Must be an https address/).first()).toBeVisible();
      await destination.fill('https://shop.example.com/for/{{1}}?from=wa');
      await expect(page.getByText('https://shop.example.com/for/gift-0?from=wa')).toBeVisible();
      await checkPage(page);
      await page.screenshot({ path: `test-results/engagement-wizard-${name}.png`, fullPage: true });
      await next.click();
      await confirmAndSend(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Send 3 messages' }).click();
      await untilCampaignPage(page);

      // All of it comes while one looks.
      await expect.poll(() => stage(page, 'Clicked'), { timeout: 30_000 }).toBe(3);
      await expect.poll(() => stage(page, 'Replied'), { timeout: 30_000 }).toBe(3);
      const inbound = { phone_number_id, from: PEOPLE[1], text: 'Stop', id: `wamid.stop.${name}` };
      for (let i = 0; i < 2; i += 1) await sandbox('POST', '/inbound', inbound);
      await expect(page.getByText('1 of those who replied opted out.')).toBeVisible();
      expect(await stage(page, 'Replied')).toBe(3);
      await checkPage(page);

      await page.getByLabel('Status of the recipients').selectOption({ label: 'Opted out' });
      await expect(page).toHaveURL(/response=opted_out/);
      const person = page
        .getByRole('region', { name: 'Recipients' })
        .getByRole('table')
        .getByRole('button', { name: PEOPLE[1] });
      await expect(
        page.getByRole('region', { name: 'Recipients' }).getByRole('table').getByRole('button'),
      ).toHaveCount(1);
      const sheet = page.getByRole('dialog', { name: PEOPLE[1] });
      await press(person, sheet.getByText('What happened'));
      await expect(sheet.getByText('Followed the link')).toBeVisible();
      await expect(sheet.getByText(SAID)).toBeVisible();
      await expect(sheet.getByText('Stop', { exact: true })).toBeVisible();
      await checkPage(page);
      await page.screenshot({ path: `test-results/engagement-sheet-${name}.png` });
      await page.keyboard.press('Escape');
      await page.screenshot({ path: `test-results/engagement-campaign-${name}.png`, fullPage: true });

      const id = /campaigns\/([\w-]+)/.exec(page.url())?.[1] ?? '';
      const file = await account.api.get(`/api/campaigns/${id}/recipients.csv?response=opted_out`);
      const lines = (await file.text()).trimEnd().split('\r\n');
      expect(lines).toHaveLength(2);
      expect(lines[1]).toContain(`"${SAID}\nStop",1,20`);
      const list = await account.api.get('/api/opt-outs');
      expect(await list.text()).toContain(PEOPLE[1]);
      expect(complaints).toEqual([]);
    });
  });
}

test('a link of nobody’s is a plain 404 for whoever has no session', async ({ request }) => {
  for (const path of ['/r/', `/r/${'A'.repeat(87)}`, '/r/?url=https://evil.example']) {
    const answer = await request.get(path, { maxRedirects: 0 });
    expect(answer.status()).toBe(404);
    expect(answer.headers()['cache-control']).toBe('no-store');
    expect(await answer.text()).toContain('This link leads nowhere');
  }
});
