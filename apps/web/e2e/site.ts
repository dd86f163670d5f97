import { BROWSER_FLAGS, ensureBrowser } from '@megacampus/stack/browser';
import type { LocalStack } from '@megacampus/stack/local-stack';
import { startWeb, startWorkerProcess, type TestApp, type TestAppOptions } from '@megacampus/test-kit/apps';
import { startThrowAwayStack } from '@megacampus/test-kit/own-stack';
import { rememberContents } from '@megacampus/test-kit/reset-stack';
import { type Browser, chromium } from 'playwright-core';

/** V8's code for a script is kept from its first run on, not from the third: a page opens in two thirds of the time. */
const KEEP_COMPILED = '--blink-settings=v8CacheOptions=3';
/** A page lives for seconds here: to optimise its scripts takes an eighth of its time and is never made good. */
const PLAIN_CODE = '--js-flags=--no-opt --no-maglev';

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

let shared: Promise<{ readonly site: Site; readonly reset: () => Promise<void> }> | undefined;

/**
 * The site that the test files of one process use one after another, as a whole one takes seconds to start. `close` leaves
 * it to the next file as it was at first. It ends with the process.
 */
export async function sharedSite(): Promise<Site> {
  shared ??= startSite().then(async (site) => ({ site, reset: await rememberContents(site.stack) }));
  const { site, reset } = await shared;
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
      await reset();
    },
  };
}

/** A whole stack with the web app and a browser, for one test file. The web app can be given other addresses. */
export async function startSite(options: TestAppOptions & { readonly stack?: LocalStack } = {}): Promise<Site> {
  const executablePath = await ensureBrowser((line) => process.stderr.write(`${line}\n`));
  const stack = options.stack ?? (await startThrowAwayStack());
  const workers: TestApp[] = [];
  const [web, browser] = await Promise.all([
    startWeb(stack, options),
    chromium.launch({
      executablePath,
      args: [...BROWSER_FLAGS, KEEP_COMPILED, PLAIN_CODE],
      // On a machine without a locale it could not name a file in Russian.
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    }),
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
