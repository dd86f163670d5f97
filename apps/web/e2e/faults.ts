import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { DESKTOP, NARROWEST } from './visit.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What is wrong with the page as it stands: by axe (WCAG 2.2 AA and good practice), or wider than the screen. */
export async function faultsOf(page: Page, what: string): Promise<string[]> {
  await bringAxe(page);
  const { violations, excess } = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(node: Document, options: RunOptions): Promise<AxeResults> } };
    // No page has frames, and nobody reads what passed.
    const { violations } = await axe.run(document, { iframes: false, resultTypes: ['violations'] });
    const { scrollWidth, clientWidth } = document.documentElement;
    return { violations, excess: scrollWidth - clientWidth };
  });
  const faults = violations.map(({ id, nodes }) => `${what}: ${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  return excess > 0 ? [...faults, `${what}: ${excess} px too wide`] : faults;
}

/** Reads axe into a page that does not have it yet: half a second of processor time, twice that by other ways. */
async function bringAxe(page: Page): Promise<void> {
  if (await page.evaluate(() => 'axe' in window)) return;
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Runtime.evaluate', { expression: AXE });
  await devTools.detach();
}

/**
 * `faultsOf` the page as it stands at a desk in the light and on the narrowest phone in the dark. It stays at the desk. What
 * fades in or changes its colour slowly has no contrast yet: ask for reduced motion.
 */
export async function faultsOfEachLook(page: Page, what: string): Promise<string[]> {
  await settle(page);
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

/**
 * Lets the page take a new look or part in, and ends what is changing its colours on the way, until nothing is: what
 * ends can begin something in its children. Whatever never ends goes on.
 */
const settle = (page: Page) =>
  page.evaluate(async () => {
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const isPassing = ({ effect }: Animation) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY;
    for (let rounds = 0, quiet = 0; rounds < 30 && quiet < 3; rounds += 1) {
      await nextFrame();
      const passing = document.getAnimations().filter(isPassing);
      for (const animation of passing) animation.finish();
      quiet = passing.length === 0 ? quiet + 1 : 0;
    }
  });
