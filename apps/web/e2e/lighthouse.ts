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
 * Exit code 1 when a score is below the least. For a phone Lighthouse makes the processor four times slower, whatever that
 * is, which on a slow machine is no phone that anybody has; so, as its documentation advises, the slowdown is calibrated
 * here. What the constant gives is shown beside it.
 */
const LIGHTHOUSE = 'lighthouse@13.5.0';
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
const LEAST = 95;
const TIMEOUT_MS = 180_000;

/** Lighthouse's benchmarkIndex of a mid-tier phone (Pixel 5), as Chrome's own calibration has it. */
const PHONE_BENCHMARK_INDEX = 1_000;
/** What Lighthouse takes unless told otherwise. */
const CONSTANT_SLOWDOWN = 4;

type Scores = Readonly<Record<(typeof CATEGORIES)[number], number>>;
interface Report {
  readonly environment: { readonly benchmarkIndex: number };
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
  const show = (report: Report, page: string, device: string, mustPass: boolean) => {
    const scores = scoresOf(report);
    isGood &&= !mustPass || CATEGORIES.every((category) => scores[category] >= LEAST);
    say(`| ${page} | ${device} | ${CATEGORIES.map((category) => scores[category]).join(' | ')} |`);
  };
  say(`| page | device | ${CATEGORIES.join(' | ')} |\n|---|---|---:|---:|---:|`);
  const indexes: number[] = [];
  for (const [name, path] of Object.entries(pages)) {
    const report = await measure(site.url + path, 'desk', cookie);
    indexes.push(report.environment.benchmarkIndex);
    show(report, name, 'desk', true);
  }
  // The machine at its best: what slows it down meanwhile slows the pages down as well.
  const index = Math.max(...indexes);
  const calibrated = Math.max(1, index / PHONE_BENCHMARK_INDEX);
  for (const slowdown of [calibrated, CONSTANT_SLOWDOWN]) {
    for (const [name, path] of Object.entries(pages)) {
      const report = await measure(site.url + path, { slowdown }, cookie);
      show(report, name, `phone, ${slowdown.toFixed(1)}× slower`, slowdown === calibrated);
    }
  }
  say(`\nbenchmarkIndex of this machine: ${indexes.map(Math.round).join(', ')}`);
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

async function measure(url: string, device: 'desk' | { readonly slowdown: number }, cookie: string): Promise<Report> {
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
    ...(device === 'desk' ? ['--preset=desktop'] : [`--throttling.cpuSlowdownMultiplier=${device.slowdown}`]),
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
