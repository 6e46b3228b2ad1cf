import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { answerOf, signUp, type Account } from './support/api';
import { openShop } from './support/campaigns';
import { checkAtBothWidths, desk, listen, signIn } from './support/pages';
import { sandbox } from './support/sandbox';
import { senderShape, type Sender } from './support/shapes';

async function addSender({ api }: Account, name = 'Garden shop'): Promise<Sender> {
  const made = (await answerOf(await api.post('/api/senders', { name, sandbox: true }), 201)) as {
    sender: unknown;
  };
  return senderShape.parse(made.sender);
}

/** What the sandbox's account holds, changed without a word to Herald: only a sync finds out. */
async function changeAtWhatsApp({ waba_id }: Sender, change: object): Promise<void> {
  await sandbox('POST', '/templates', { waba_id, ...change });
}

const card = (page: Page, name: string) =>
  page.getByRole('article').filter({ has: page.getByRole('heading', { name, exact: true }) });

/** The page comes with its data; only the search in place needs its scripts. */
async function search(page: Page, text: string): Promise<void> {
  await expect(async () => {
    await page.getByRole('searchbox').fill('');
    await page.getByRole('searchbox').fill(text);
    await expect(page).toHaveURL(/[?&]search=/, { timeout: 1_000 });
  }).toPass();
}

test.describe('at a desk', () => {
  test.use({ viewport: desk.viewport, colorScheme: desk.colorScheme });

  test('from no sender to templates that are found, looked into and used', async ({ page, request }) => {
    // Six states, each held to the rules of accessibility.
    test.slow();
    const complaints = listen(page);
    const account = await signUp(request);
    await signIn(page, account);
    await page.goto('/templates');
    await expect(page.getByRole('link', { name: 'Add a sender' })).toHaveAttribute('href', '/senders');
    await checkAtBothWidths(page);

    await addSender(account);
    await page.reload();
    await expect(page.getByText('Never synced')).toBeVisible();
    await checkAtBothWidths(page);
    await page.getByRole('button', { name: 'Fetch the templates' }).click();
    await expect(page.getByText(/^\d+ added$/)).toBeVisible();
    await expect(page.getByRole('article').last()).toContainText('WhatsApp');
    await checkAtBothWidths(page);
    await page.getByRole('button', { name: /^Show \d+ more$/ }).click();

    const offer = card(page, 'black_friday');
    await expect(offer).toContainText('Hi Maria, today only you get 40% off everything');
    await expect(offer).toContainText('English (US) · Marketing');
    await expect(offer.getByText('Approved', { exact: true })).toBeVisible();
    const states = await page
      .getByRole('article')
      .getByText(/^(Approved|Rejected|Paused)$/)
      .allInnerTexts();
    expect(states.indexOf('Rejected')).toBeGreaterThan(states.lastIndexOf('Approved'));
    const rejected = card(page, 'win_big_now');
    await expect(rejected).toContainText("WhatsApp's reason: SCAM");
    await expect(rejected.getByRole('link', { name: /Use in campaign/ })).toHaveCount(0);

    await search(page, 'summer nothing');
    await expect(page.getByText('No template matches this search.')).toBeVisible();
    await checkAtBothWidths(page);
    await search(page, 'verano');
    await expect(page.getByRole('article')).toHaveCount(1);
    await page.getByRole('searchbox').fill('');
    await page.getByLabel('Language').selectOption({ label: 'Spanish' });
    await page.getByLabel('Category').selectOption({ label: 'Utility' });
    await expect(page.getByRole('article')).toHaveCount(1);
    await expect(page).toHaveURL(/language=es&category=UTILITY$/);
    await page.reload();
    await expect(page.getByRole('article')).toHaveCount(1);
    await expect(page.getByLabel('Language')).toHaveValue('es');

    await page.getByRole('button', { name: /^Details/ }).click();
    const details = page.getByRole('dialog', { name: 'order_confirmation' });
    await expect(details.getByRole('listitem').filter({ hasText: 'button_url_param' })).toContainText(
      'required',
    );
    await checkAtBothWidths(page);
    await page.keyboard.press('Escape');
    await expect(details).toBeHidden();
    await expect(page.getByRole('button', { name: /^Details/ })).toBeFocused();
    await expect(page.getByRole('link', { name: /^Use in campaign/ })).toHaveAttribute(
      'href',
      /^\/campaigns\/new\?template=\d+$/,
    );
    expect(complaints).toEqual([]);
  });

  test('a sync tells what changed by name, and one that fails keeps the list and says so', async ({
    page,
    request,
  }) => {
    const complaints = listen(page);
    const account = await signUp(request);
    const { sender } = await openShop(account);
    await addSender(account, 'Second shop');
    await signIn(page, account);
    await page.goto('/templates?status=PAUSED');
    await expect(page.getByRole('article')).toHaveCount(1);

    await changeAtWhatsApp(sender, { name: 'black_friday', status: 'PAUSED', webhook: false });
    await changeAtWhatsApp(sender, {
      template: {
        name: 'a_new_one',
        language: 'es',
        category: 'UTILITY',
        components: [{ type: 'BODY', text: 'Hola' }],
      },
    });
    await page.getByRole('button', { name: 'Sync Shop' }).click();
    await page.getByText('1 added, 1 changed').click();
    await expect(page.getByText('a_new_one (Spanish)')).toBeVisible();
    await expect(page.getByText('black_friday (English (US))')).toBeVisible();
    await expect(card(page, 'black_friday')).toContainText('PAUSED');
    await checkAtBothWidths(page);

    await sandbox('PATCH', `/numbers/${sender.phone_number_id}`, { token_expired: true });
    expect(complaints).toEqual([]);
    await page.getByRole('button', { name: 'Sync all' }).click();
    await expect(page.getByText(/^The sync failed\./)).toContainText('The templates below are kept as of');
    await expect(page.getByText(/^\d+ added$/)).toBeVisible();
    await expect(card(page, 'black_friday').first()).toBeVisible();
    await checkAtBothWidths(page);
  });
});

test('the sample file of a template makes a campaign as it is', async ({ page, request }) => {
  const account = await signUp(request);
  const { template } = await openShop(account);
  const { id } = template('black_friday');
  await signIn(page, account);
  await page.goto('/templates?search=black+friday');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /^Sample CSV for black_friday/ }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('black_friday-en_US-sample.csv');
  const buffer = await readFile(await download.path());
  const made = await account.api.upload({
    name: 'From the sample',
    template_id: String(id),
    file: { name: 'sample.csv', mimeType: 'text/csv', buffer },
  });
  expect(await answerOf(made, 201)).toMatchObject({ imported: 3, invalid: 0, duplicates: 0 });
});
