import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BROWSER_FLAGS, ensureBrowser } from '@megacampus/stack/browser';
import type { BrowserContext } from 'playwright-core';
import { readableCourse } from './readable-course.ts';
import { type Site, startSite } from './site.ts';
import { createCourse, generate, progressTitle, signInAs } from './steps.ts';
import { DESKTOP, newPage } from './visit.ts';

/**
 * `pnpm lighthouse`: Lighthouse's scores of the list of courses, the progress of a generation, a course and a lesson, on
 * the production build, for a phone and a desk. Lighthouse is fetched for the run: its many packages serve nothing else.
 * Exit code 1 when a score of the desk is below the least. The phone is shown beside it: Lighthouse makes the processor four times
 * slower for it, whatever that is, so its performance says more of this machine than of a phone.
 */
const LIGHTHOUSE = 'lighthouse@13.5.0';
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
const LEAST = 95;
const TIMEOUT_MS = 180_000;

type Scores = Readonly<Record<(typeof CATEGORIES)[number], number>>;
interface Report {
  readonly categories: Record<string, { readonly score: number | null }>;
  readonly audits: Record<
    string,
    { readonly title: string; readonly score: number | null; readonly displayValue?: string }
  >;
}

const say = (line: string) => process.stdout.write(`${line}\n`);

const executablePath = await ensureBrowser((line) => process.stderr.write(`${line}\n`));
const site = await startSite();
const folder = mkdtempSync(join(tmpdir(), 'megacampus-lighthouse-'));
let isGood = true;
try {
  const context = await site.browser.newContext({ baseURL: site.url, locale: 'ru-RU', viewport: DESKTOP });
  const pages = await preparePages(site, context);
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  say(`| page | device | ${CATEGORIES.join(' | ')} |\n|---|---|---:|---:|---:|`);
  for (const [name, path] of Object.entries(pages)) {
    for (const device of ['phone', 'desk'] as const) {
      const scores = scoresOf(await measure(site.url + path, device, cookie));
      isGood &&= device === 'phone' || CATEGORIES.every((category) => scores[category] >= LEAST);
      say(`| ${name} | ${device} | ${CATEGORIES.map((category) => scores[category]).join(' | ')} |`);
    }
  }
} finally {
  await site.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(isGood ? 0 : 1);

/** Somebody with several courses: one that is read, and one in flight, which waits as no worker runs. */
async function preparePages(site: Site, context: BrowserContext): Promise<Record<string, string>> {
  const page = await newPage(context);
  const user = await signInAs(site, page, 'PREMIUM');
  for (let course = 0; course < 3; course += 1) await readableCourse(site, user, { lessons: 3 });
  const { slug } = await readableCourse(site, user, { lessons: 30 });
  const running = await createCourse(page, 'Курс, который создаётся');
  await generate(page);
  await progressTitle(page).waitFor();
  await page.close();
  return {
    'my courses': '/courses',
    progress: `/courses/${running}`,
    course: `/courses/${slug}`,
    lesson: `/courses/${slug}/lessons/2`,
  };
}

async function measure(url: string, device: 'phone' | 'desk', cookie: string): Promise<Report> {
  const output = join(folder, `${Date.now()}.json`);
  const args = [
    '--yes',
    LIGHTHOUSE,
    url,
    '--quiet',
    '--output=json',
    `--output-path=${output}`,
    `--only-categories=${CATEGORIES.join(',')}`,
    `--chrome-flags=--headless=new ${BROWSER_FLAGS.join(' ')}`,
    `--extra-headers=${JSON.stringify({ Cookie: cookie, 'Accept-Language': 'ru' })}`,
    // A progress page keeps its stream of events open for ever.
    '--max-wait-for-load=15000',
    ...(device === 'desk' ? ['--preset=desktop'] : []),
  ];
  const env = { ...process.env, CHROME_PATH: executablePath };
  await promisify(execFile)('npx', args, { env, timeout: TIMEOUT_MS });
  return JSON.parse(readFileSync(output, 'utf8')) as Report;
}

/** Of 100. What keeps a page from the least is told on stderr. */
function scoresOf({ categories, audits }: Report): Scores {
  const scores = Object.fromEntries(
    CATEGORIES.map((name) => [name, Math.round((categories[name]?.score ?? 0) * 100)]),
  ) as Scores;
  if (CATEGORIES.some((name) => scores[name] < LEAST)) {
    for (const { title, score, displayValue } of Object.values(audits)) {
      if (score !== null && score < 0.9) process.stderr.write(`  ${title}: ${displayValue ?? score}\n`);
    }
  }
  return scores;
}
