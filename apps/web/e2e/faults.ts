import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { DESKTOP, NARROWEST } from './site.ts';

/** What is wrong with the page as it stands: by axe (WCAG 2.2 AA and good practice), or wider than the screen. */
export async function faultsOf(page: Page, what: string): Promise<string[]> {
  // Legacy mode skips only frames of other origins, of which no page has any, and takes half the time.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const faults = violations.map(({ id, nodes }) => `${what}: ${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return excess > 0 ? [...faults, `${what}: ${excess} px too wide`] : faults;
}

/**
 * `faultsOf` the page as it stands at a desk in the light and on the narrowest phone in the dark. It stays at the desk. What
 * fades in or changes its colour slowly has no contrast yet: ask for reduced motion.
 */
export async function faultsOfEachLook(page: Page, what: string): Promise<string[]> {
  const atDesk = await faultsOf(page, `${what}, desktop, light`);
  await page.setViewportSize(NARROWEST);
  await page.emulateMedia({ colorScheme: 'dark' });
  await settle(page);
  const onPhone = await faultsOf(page, `${what}, narrow phone, dark`);
  await page.setViewportSize(DESKTOP);
  await page.emulateMedia({ colorScheme: 'light' });
  await settle(page);
  return [...atDesk, ...onPhone];
}

/** Ends what is changing its colours on its way from one look to the other; whatever never ends goes on. */
const settle = (page: Page) =>
  page.evaluate(() => {
    for (const animation of document.getAnimations()) {
      if (animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY) animation.finish();
    }
  });
