import { gzipSync } from 'node:zlib';
import { createCourse } from '@megacampus/test-kit/users';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readableCourse } from './readable-course.ts';
import { type Site, sharedSite } from './site.ts';
import { generate, createCourse as openNewCourse, progressTitle, signInAs } from './steps.ts';
import { visit } from './visit.ts';

/** What a course page may bring in scripts, in KB of 1000 bytes, compressed. */
const LIMIT_KB = 180;

/** News would have come and been checked by then. */
const WATCHED_MS = 1_500;

let site: Site;
beforeAll(async () => {
  site = await sharedSite();
});
afterAll(() => site?.close());

/** All scripts that a page fetches until nothing more comes, compressed, in KB. */
async function scriptsOf(page: Page, path: string): Promise<number> {
  const scripts = new Map<string, Promise<Buffer>>();
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.set(response.url(), response.body());
  });
  await page.goto(path, { waitUntil: 'networkidle' });
  page.removeAllListeners('response');
  const bodies = await Promise.all(scripts.values());
  return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) / 1000;
}

test('no page around a course brings more scripts than a slow phone can take', async (context) => {
  const page = await visit(site, context);
  const user = await signInAs(site, page, 'STANDARD');
  const [{ slug }, draft] = await Promise.all([readableCourse(site, user), createCourse(site.stack, user)]);
  const pages = ['/', '/courses', `/courses/${slug}`, `/courses/${draft.slug}`, `/courses/${slug}/lessons/2`];
  const sizes: Record<string, number> = {};
  for (const path of pages) sizes[path] = await scriptsOf(page, path);
  for (const [path, kilobytes] of Object.entries(sizes)) {
    expect(kilobytes, JSON.stringify(sizes)).toBeGreaterThan(50);
    expect(kilobytes, `${path} of ${JSON.stringify(sizes)}`).toBeLessThan(LIMIT_KB);
  }
});

test('a course that its servers give at once comes whole, and nothing of it is swapped in', async (context) => {
  const page = await visit(site, context);
  const { slug } = await readableCourse(site, await signInAs(site, page, 'STANDARD'), { lessons: 30 });
  await page.goto(`/courses/${slug}`);
  const html = await (await page.request.get(`/courses/${slug}`)).text();
  const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
  expect(main).toContain('/lessons/30');
  expect(main).not.toContain('animate-pulse');
});

test('a page fetches no other page before somebody comes near its link', async (context) => {
  const page = await visit(site, context);
  const user = await signInAs(site, page, 'STANDARD');
  await readableCourse(site, user, { title: 'Далёкий курс' });
  const ahead: string[] = [];
  page.on('request', (request) => request.url().includes('_rsc=') && ahead.push(request.url()));
  await page.goto('/courses', { waitUntil: 'networkidle' });
  expect(ahead).toEqual([]);
  const coming = page.waitForRequest(/\/courses\/dalyokiy-kurs-[^/]*_rsc=/);
  await page.getByRole('link', { name: 'Далёкий курс' }).hover();
  await coming;
});

test('a generation that makes no progress is watched without fetching what checks news of it', async (context) => {
  const page = await visit(site, context);
  await signInAs(site, page);
  await openNewCourse(page, 'Ждёт');
  await generate(page);
  await progressTitle(page).waitFor();
  const scripts: Promise<string>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.text());
  });
  await Promise.all([page.waitForResponse('**/events'), page.reload()]);
  await page.waitForTimeout(WATCHED_MS);
  const texts = await Promise.all(scripts);
  expect(texts.length).toBeGreaterThan(5);
  expect(texts.filter((text) => text.includes('ZodError'))).toEqual([]);
});
