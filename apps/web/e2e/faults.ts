import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What is wrong with the page as it stands: by axe (WCAG 2.2 AA and good practice), or wider than the screen. */
export async function faultsOf(page: Page, what: string): Promise<string[]> {
  // Legacy mode skips only frames of other origins, of which no page has any, and takes half the time.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const faults = violations.map(({ id, nodes }) => `${what}: ${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return excess > 0 ? [...faults, `${what}: ${excess} px too wide`] : faults;
}
