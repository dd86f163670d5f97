import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BROWSER_FLAGS, ensureBrowser } from '@megacampus/stack/browser';
import type { LocalStack } from '@megacampus/stack/local-stack';
import { startWeb, startWorkerProcess, type TestApp, type TestAppOptions } from '@megacampus/test-kit/apps';
import { startThrowAwayStack } from '@megacampus/test-kit/own-stack';
import { clientFor } from '@megacampus/test-kit/users';
import { Redis } from 'ioredis';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { TestContext } from 'vitest';

/** How long a page may take to show what is waited for, in ms. Generations are quick here, the machine may not be. */
const PAGE_TIMEOUT_MS = 45_000;

export interface Site {
  readonly stack: LocalStack;
  readonly url: string;
  readonly browser: Browser;
  /** What the web app has printed. */
  readonly webLines: readonly string[];
  /** A worker takes up what waits; before, generations stay in the queue. */
  startWorker(): Promise<TestApp>;
  close(): Promise<void>;
}

let shared: Promise<Site> | undefined;

/**
 * The site that the test files of one process use one after another, as a whole one takes seconds to start. `close` leaves
 * it to the next file as it was: no worker, no courses, an empty Redis. It ends with the process.
 */
export async function sharedSite(): Promise<Site> {
  shared ??= startSite();
  const site = await shared;
  const workers: TestApp[] = [];
  return {
    ...site,
    async startWorker() {
      const worker = await site.startWorker();
      workers.push(worker);
      return worker;
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.stop()));
      await emptySite(site.stack);
    },
  };
}

async function emptySite(stack: LocalStack): Promise<void> {
  const redis = new Redis(stack.redisUrl);
  await redis.flushall();
  redis.disconnect();
  const { error } = await clientFor(stack, stack.serviceKey).from('courses').delete().not('id', 'is', null);
  if (error) throw error;
}

/** A whole stack with the web app and a browser, for one test file. The web app can be given other addresses. */
export async function startSite(options: TestAppOptions & { readonly stack?: LocalStack } = {}): Promise<Site> {
  const executablePath = await ensureBrowser((line) => process.stderr.write(`${line}\n`));
  const stack = options.stack ?? (await startThrowAwayStack());
  const workers: TestApp[] = [];
  const [web, browser] = await Promise.all([
    startWeb(stack, options),
    chromium.launch({ executablePath, args: [...BROWSER_FLAGS] }),
  ]);
  return {
    stack,
    url: web.url,
    webLines: web.lines,
    browser,
    async startWorker() {
      const worker = await startWorkerProcess(stack);
      workers.push(worker);
      return worker;
    },
    async close() {
      await browser.close();
      await Promise.all(workers.map((worker) => worker.stop()));
      await web.stop();
      await stack.stop();
    },
  };
}

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };
/** The narrowest screen that we promise to work on. */
export const NARROWEST = { width: 360, height: 740 };

/**
 * A page of a new visitor, Russian and at a desk unless said otherwise. It is closed when the test ends. A script
 * error on it fails the test.
 */
export async function visit(
  { browser, url, webLines }: Site,
  { onTestFinished, task }: TestContext,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, locale: 'ru-RU', viewport: DESKTOP, ...options });
  const errors: Error[] = [];
  context.on('weberror', (webError) => errors.push(webError.error()));
  onTestFinished(async () => {
    if (task.result?.state === 'fail') await keepEvidence(context, task.name, webLines);
    await context.close();
    if (errors.length > 0) throw new AggregateError(errors, `Errors on the page: ${errors.join('; ')}`);
  });
  return newPage(context);
}

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

/** One more tab of the same visitor. */
export async function newPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(PAGE_TIMEOUT_MS);
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
