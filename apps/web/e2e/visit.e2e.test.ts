import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Site, sharedSite } from './site.ts';
import { signInAs } from './steps.ts';
import { newPage, PHONE, visit } from './visit.ts';

/** Tests use a tab one after another: what one has done in it, the next must not meet. */
let site: Site;
let tab: Page;
beforeAll(async () => {
  site = await sharedSite();
});
afterAll(() => site?.close());

test('a visitor does all that stays in a browser', async (context) => {
  tab = await visit(site, context, { viewport: PHONE });
  await signInAs(site, tab);
  await tab.goto('/courses/new');
  await tab.evaluate(() => {
    localStorage.setItem('left', 'behind');
    sessionStorage.setItem('left', 'behind');
  });
  await (await newPage(tab.context())).goto('/account');
  await tab.emulateMedia({ colorScheme: 'dark' });
  await tab.context().route('**/*', (route) => route.abort());
  await tab.context().setOffline(true);
});

test('the next in the same tab meets nothing of it', async (context) => {
  const page = await visit(site, context);
  expect(page).toBe(tab);
  await page.goto('/');
  await page.getByRole('main').getByRole('link').first().waitFor();
  expect(page.context().pages()).toEqual([page]);
  expect(await page.context().cookies()).toEqual([]);
  const seen = await page.evaluate(() => ({
    stored: [localStorage.length, sessionStorage.length],
    width: window.innerWidth,
    isDark: matchMedia('(prefers-color-scheme: dark)').matches,
  }));
  expect(seen).toEqual({ stored: [0, 0], width: 1280, isDark: false });
});
