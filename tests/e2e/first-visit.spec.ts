import { expect, test } from '@playwright/test';

test('a newcomer signs up, and nothing the page does is against its own policy', async ({ page }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));

  await page.goto('/');
  await expect(page).toHaveURL(/\/login/);
  await page.goto('/signup');
  await page.getByLabel('Email').fill(`first-visit-${Date.now()}@example.com`);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery staple');
  await page.getByRole('button', { name: /create/i }).click();
  await expect(page).toHaveURL(/\/campaigns/);
  expect(complaints).toEqual([]);
});
