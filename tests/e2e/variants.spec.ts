import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { answerOf, failureOf, signUp, type Account } from './support/api';
import { goodPhone, isCompleted, openShop, send, untilCampaign, type Shop } from './support/campaigns';
import { checkPage, listen, signIn, views } from './support/pages';
import { ledger } from './support/sandbox';
import { createdShape } from './support/shapes';

const PEOPLE = Array.from({ length: 60 }, (_, i) => goodPhone(i));

const shownShape = z.object({
  variants: z.array(z.object({ key: z.string(), sent: z.number(), pending: z.number() })),
  holdback: z.object({ waiting: z.number(), winner: z.string().nullable() }).nullable(),
});

/** The same template twice, with another second value in B; 40 % are sent to first. */
async function createTest({ api }: Account, shop: Shop): Promise<string> {
  const template = shop.template('delivery_on_its_way');
  const [first = '', second = ''] = template.parameters.map(({ key }) => key);
  const answer = await api.post('/api/campaigns/create', {
    name: 'Two words',
    template_id: template.id,
    variants: [
      { template_id: template.id, share: 50 },
      { template_id: template.id, share: 50, mapping: { [second]: { text: 'this evening' } } },
    ],
    holdback: { percent: 40, decide_by: 'read', after_minutes: null },
    recipients: PEOPLE.map((phone_number) => ({ phone_number, [first]: 'Ana', [second]: 'today' })),
  });
  return createdShape.parse(await answerOf(answer, 201)).campaign_id;
}

for (const { name, viewport, colorScheme } of views)
  test.describe(`on a ${name}`, () => {
    test.use({ viewport, colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    test('a test is sent to some, and a person chooses what everybody else gets', async ({
      page,
      request,
    }) => {
      test.setTimeout(120_000);
      const complaints = listen(page);
      const account = await signUp(request);
      const shop = await openShop(account);
      const id = await createTest(account, shop);
      await send(account, id);
      const sent = await untilCampaign(
        account,
        id,
        (campaign) => campaign.delivered > 0 && campaign.sent > 5,
      );
      expect(sent.status).toBe('active');

      await signIn(page, account, `/campaigns/${id}`);
      await expect(page.getByText('Waiting for a choice')).toBeVisible({ timeout: 30_000 });
      const panel = page.getByRole('region', { name: 'Messages compared' });
      await expect(panel.getByRole('row')).toHaveCount(3);
      await expect(panel.getByText(/The test has been sent: choose when you know enough/)).toBeVisible();
      await expect(panel.getByText(/not enough yet/).first()).toBeVisible();
      await checkPage(page);

      const { api } = account;
      const tested = await ledger(shop.sender.phone_number_id);
      expect(tested.length).toBeLessThan(PEOPLE.length);
      await panel.getByRole('button', { name: 'Choose B' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Choose it' }).click();
      await expect(panel.getByText(/B was chosen/)).toBeVisible();
      await untilCampaign(account, id, isCompleted, 60_000);
      await expect(panel.getByText('B was chosen and goes to everybody else.')).toBeVisible();
      await checkPage(page);
      await expect(page.getByText(/chose message B for \d+ people who waited/)).toBeVisible();

      const shown = shownShape.parse(await answerOf(await api.get(`/api/campaigns/${id}`), 200));
      expect(shown.holdback).toEqual({ waiting: 0, winner: 'B' });
      const all = await ledger(shop.sender.phone_number_id);
      expect(new Set(all.map(({ to }) => to)).size).toBe(PEOPLE.length);
      const other = api.post(`/api/campaigns/${id}/winner`, { variant: 'A' });
      expect(await failureOf(await other, 409)).toMatchObject({ code: 'winner_chosen' });
      await page.goto(`/campaigns/${id}/report`);
      await expect(page.getByRole('heading', { name: 'Messages compared' })).toBeVisible();
      expect(complaints).toEqual([]);
    });
  });
