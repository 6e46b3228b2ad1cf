import { expect, type Locator, type Page } from '@playwright/test';
import axe from 'axe-core';
import type { Account } from './api';

/** Every page is held to both, and to both colours. */
export const views = [
  { name: 'phone', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
  { name: 'desk', viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
] as const;
export const [phone, desk] = views;

/**
 * Everything the browser complains about: script errors, failed requests, breaches of the page's policy; but not
 * answers with one of the `expected` statuses, which a test provokes.
 */
export function listen(page: Page, expected: readonly number[] = []): string[] {
  const complaints: string[] = [];
  const isExpected = (text: string) => expected.some((status) => text.includes(`status of ${status}`));
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type()) || isExpected(message.text())) return;
    complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('response', (response) => {
    const status = response.status();
    if (status >= 400 && !expected.includes(status)) complaints.push(`${status} ${response.url()}`);
  });
  return complaints;
}

/** Fit for everybody in both colours, and no wider than its screen; also with a dialog over it. */
export async function checkPage(page: Page): Promise<void> {
  await expect(page.locator('h1').first()).toBeVisible();
  const before = await page.evaluate(() => ({
    colorScheme: matchMedia('(prefers-color-scheme: dark)').matches ? ('dark' as const) : ('light' as const),
    reducedMotion: matchMedia('(prefers-reduced-motion: reduce)').matches ? ('reduce' as const) : null,
  }));
  // Without motion no colour is caught on its way to another.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await violationsOf(page), `${page.url()}, ${before.colorScheme}`).toEqual([]);
  const other = before.colorScheme === 'dark' ? 'light' : 'dark';
  await page.emulateMedia({ colorScheme: other });
  expect(await violationsOf(page, ['color-contrast']), `${page.url()}, ${other}`).toEqual([]);
  await page.emulateMedia(before);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, `${page.url()} is wider than its screen`).toBeLessThanOrEqual(0);
}

/** checkPage at both widths, for what is gone through at one of them. */
export async function checkAtBothWidths(page: Page): Promise<void> {
  await checkPage(page);
  const own = page.viewportSize();
  const other = views.find(({ viewport }) => viewport.width !== own?.width);
  if (!own || !other) throw new Error('The page has none of the sizes that pages are held to.');
  await page.setViewportSize(other.viewport);
  await checkPage(page);
  await page.setViewportSize(own);
}

/** By axe, which is put into a page once; of `rules`, or of all that it has. */
export async function violationsOf(page: Page, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async (runOnly) => {
    const { axe: inPage } = window as unknown as { axe: typeof axe };
    const { violations } = await inPage.run({ resultTypes: ['violations'], ...(runOnly && { runOnly }) });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`,
    );
  }, rules);
}

/** As the sign-in form does, without drawing it (pages.spec.ts does that); then to `path`. */
export async function signIn(
  page: Page,
  { email, password }: Pick<Account, 'email' | 'password'>,
  path = '/campaigns',
): Promise<void> {
  // The page's own requests share its cookies.
  const csrf = (await (await page.request.get('/api/auth/csrf')).json()) as { csrfToken: string };
  const form = { csrfToken: csrf.csrfToken, email, password, json: 'true' };
  const answer = await page.request.post('/api/auth/callback/credentials', { form });
  expect(answer.status(), await answer.text()).toBe(200);
  await page.goto(path);
}

/** Presses until it is answered: a page fresh from the server takes a moment before its scripts listen. */
export async function press(button: Locator, answer: Locator): Promise<void> {
  await expect(async () => {
    if (!(await answer.isVisible())) await button.click();
    await expect(answer).toBeVisible({ timeout: 2_000 });
  }).toPass();
}
