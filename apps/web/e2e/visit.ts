import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { TestContext } from 'vitest';
import type { Site } from './site.ts';

/** How long a page may take to show what is waited for, in ms. Generations are quick here, the machine may not be. */
const PAGE_TIMEOUT_MS = 45_000;

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };
/** The narrowest screen that we promise to work on. */
export const NARROWEST = { width: 360, height: 740 };

/** What moves is painted over and over by the processor, and is in the way of whoever judges colours. */
const STILL = { reducedMotion: 'reduce' } as const;

export interface VisitOptions extends BrowserContextOptions {
  /** The test changes the browser in ways that can't be taken back, such as with scripts of its own in each page. */
  readonly spoils?: true;
}

/**
 * A page of a new visitor, Russian and at a desk unless said otherwise. It is gone when the test ends. A script
 * error on it fails the test.
 */
export async function visit(
  site: Site,
  { onTestFinished, task }: TestContext,
  { viewport = DESKTOP, spoils = undefined, colorScheme = null, ...options }: VisitOptions = {},
): Promise<Page> {
  const contextOptions = { baseURL: site.url, locale: 'ru-RU', ...STILL, ...options };
  const page = (!spoils && (await takeRestingPage(site.browser, contextOptions))) || (await firstPage());
  const context = page.context();
  await page.setViewportSize(viewport ?? DESKTOP);
  await page.emulateMedia({ colorScheme });
  const errors: Error[] = [];
  const onError = (webError: { error(): Error }) => errors.push(webError.error());
  context.on('weberror', onError);
  onTestFinished(async () => {
    context.off('weberror', onError);
    const failed = task.result?.state === 'fail';
    if (failed) await keepEvidence(context, task.name, site.webLines);
    if (failed || spoils) await context.close();
    else await rest(site, page, contextOptions);
    if (errors.length > 0) throw new AggregateError(errors, `Errors on the page: ${errors.join('; ')}`);
  });
  return page;

  async function firstPage() {
    return await newPage(await site.browser.newContext(contextOptions));
  }
}

/**
 * Pages that no test uses, by the options of their contexts. The first page of a context costs the browser a second of
 * processor time, each further one in the same tab a third of it: a visitor that has left makes room for the next.
 */
const resting = new WeakMap<Browser, Map<string, Page[]>>();

function restingPages(browser: Browser, options: BrowserContextOptions): Page[] {
  const ofBrowser = resting.get(browser) ?? new Map<string, Page[]>();
  resting.set(browser, ofBrowser);
  const key = JSON.stringify(options);
  const pages = ofBrowser.get(key) ?? [];
  ofBrowser.set(key, pages);
  return pages;
}

const takeRestingPage = (browser: Browser, options: BrowserContextOptions): Page | undefined =>
  restingPages(browser, options).pop();

/** Forgets the visitor: other tabs, session, what is stored, what a test has put in the way. */
async function rest({ browser, url }: Site, page: Page, options: BrowserContextOptions): Promise<void> {
  const context = page.context();
  await context.setOffline(false);
  await Promise.all([page.unrouteAll({ behavior: 'ignoreErrors' }), context.unrouteAll({ behavior: 'ignoreErrors' })]);
  page.removeAllListeners();
  const others = context.pages().filter((other) => other !== page);
  await Promise.all(others.map((other) => other.close()));
  // A picture has no scripts that would store something again.
  await page.goto(`${url}/icon.svg`);
  await page.evaluate(() => sessionStorage.clear());
  const devTools = await context.newCDPSession(page);
  await devTools.send('Storage.clearDataForOrigin', {
    origin: url,
    storageTypes: 'cookies,local_storage,indexeddb,cache_storage,service_workers',
  });
  await devTools.detach();
  await Promise.all([context.clearCookies(), context.clearPermissions(), page.emulateMedia(MEDIA_OF_CONTEXT)]);
  restingPages(browser, options).push(page);
}

const MEDIA_OF_CONTEXT = { colorScheme: null, ...STILL, media: null, forcedColors: null, contrast: null };

/** For whoever looks into a failed test: what each tab showed, and what the server said. In test-results/. */
async function keepEvidence(context: BrowserContext, test: string, lines: readonly string[]): Promise<void> {
  const directory = join(import.meta.dirname, '../test-results');
  const name = test.replaceAll(/[^\p{L}\d]+/gu, '-').slice(0, 60);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `${name}.log`), lines.slice(-200).join('\n'));
  for (const [index, page] of context.pages().entries()) {
    await page.screenshot({ path: join(directory, `${name}-${index}.png`), fullPage: true }).catch(() => {});
  }
}

/** One more tab of the same visitor, on the same screen. */
export async function newPage(context: BrowserContext): Promise<Page> {
  const screen = context.pages()[0]?.viewportSize();
  const page = await context.newPage();
  page.setDefaultTimeout(PAGE_TIMEOUT_MS);
  if (screen) await page.setViewportSize(screen);
  return page;
}

/** A browser without a screen has no notifications: this stands in for one whose owner allows them when asked. */
export async function allowNotifications(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    let permission = 'default';
    const requestPermission = async () => {
      permission = 'granted';
      return permission;
    };
    class Allowed extends EventTarget {
      static readonly requestPermission = requestPermission;
      static get permission() {
        return permission;
      }
    }
    Object.defineProperty(window, 'Notification', { value: Allowed });
  });
}
