import { expect, test, type Page, type Request } from '@playwright/test';
import { firstLoadScriptKb, MOST_FIRST_LOAD_KB } from '@/tests/support/first-load';
import { signUp } from './support/api';
import { createCampaign, goodPhone, openShop } from './support/campaigns';
import { signIn } from './support/pages';

/** zod's own name for its base class; no minifier touches it, because it is told to people. */
const VALIDATOR = 'ZodType';

/** The scripts a page fetches until it is alive, by address. */
async function scriptsOf(page: Page, path: string): Promise<Map<string, string>> {
  const asked = new Set<string>();
  const note = (request: Request) => {
    if (request.resourceType() === 'script') asked.add(new URL(request.url()).pathname);
  };
  page.on('request', note);
  await page.goto(path);
  await page.waitForLoadState('networkidle');
  page.off('request', note);
  const read = async (address: string) => (await page.request.get(address)).text();
  return new Map(await Promise.all([...asked].map(async (one) => [one, await read(one)] as const)));
}

const hasValidator = (scripts: Map<string, string>) =>
  [...scripts.values()].some((text) => text.includes(VALIDATOR));

test('the list and a campaign are light: little script first, and no validator at all', async ({
  page,
  request,
}) => {
  const account = await signUp(request);
  const shop = await openShop(account);
  const id = await createCampaign(account, shop, { phones: [goodPhone(0)], name: 'Autumn sale' });
  await signIn(page, account);
  const list = await scriptsOf(page, '/campaigns');
  expect(list.size).toBeGreaterThan(5);
  expect(hasValidator(list)).toBe(false);
  expect(hasValidator(await scriptsOf(page, `/campaigns/${id}`))).toBe(false);
  // The wizard needs it, and shows that it would be seen.
  expect(hasValidator(await scriptsOf(page, '/campaigns/new'))).toBe(true);

  const cookies = await page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const address = new URL('/campaigns', page.url()).href;
  expect(await firstLoadScriptKb(address, cookie)).toBeLessThan(MOST_FIRST_LOAD_KB);
});
