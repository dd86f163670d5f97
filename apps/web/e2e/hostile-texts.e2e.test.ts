import { clientFor, signUp, type TestUser } from '@megacampus/test-kit/users';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readableCourse } from './readable-course.ts';
import { type Site, sharedSite } from './site.ts';
import { createCourse, fillCredentials, finished, generate, signInAs } from './steps.ts';
import { visit } from './visit.ts';

/** Text of users, files and models that wants to be a script, wherever it is shown. The Markdown of lessons: reader.e2e.test.ts. */
let site: Site;
beforeAll(async () => {
  site = await sharedSite();
});
afterAll(() => site?.close());

const HOSTILE = `"'></title></textarea></script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>`;
/** What of it can be seen where it is shown as what it is. */
const SEEN = 'onerror=window.hacked=1';

/** Everything a course consists of, replaced. */
async function poison(courseId: string): Promise<{ generationId: string; token: string }> {
  const db = clientFor(site.stack, site.stack.serviceKey);
  const change = async (table: string, values: object, match: Record<string, unknown>) => {
    const { error } = await db.from(table).update(values).match(match);
    if (error !== null) throw error;
  };
  const { data } = await db.from('courses').select('generation_id').eq('id', courseId).single();
  const generationId: string = data?.generation_id;
  const list = [HOSTILE];
  await change(
    'courses',
    { course_description: HOSTILE, target_audience: HOSTILE, learning_outcomes: list },
    { id: courseId },
  );
  await change('sections', { title: HOSTILE, summary: HOSTILE }, { course_id: courseId });
  const lesson = { title: HOSTILE, objectives: list, key_points: list };
  await change('lessons', lesson, { course_id: courseId });
  await change('lessons', { error: HOSTILE }, { course_id: courseId, status: 'failed' });
  const quiz = { prompt: HOSTILE, options: [HOSTILE, 'b'], explanation: HOSTILE };
  await change('quiz_questions', quiz, { generation_id: generationId });
  await change('citations', { quote: HOSTILE, heading_path: list }, { generation_id: generationId });
  const glossary = [{ term: HOSTILE, definition: HOSTILE }];
  await change('generations', { overview: HOSTILE, glossary, error: HOSTILE, model: HOSTILE }, { id: generationId });
  const event = { event_type: 'job_rollback', severity: 'error', course_id: courseId, job_id: generationId };
  const added = await db.from('system_metrics').insert({ ...event, metadata: { [HOSTILE]: HOSTILE } });
  if (added.error !== null) throw added.error;
  const token = 'c'.repeat(64);
  await db.from('course_shares').insert({ course_id: courseId, token });
  return { generationId, token };
}

/** Opens each and finds that nothing ran, nor was held back only by the page's policy. */
async function expectHarmless(page: Page, paths: readonly string[], settled = async () => {}): Promise<void> {
  const attempts: string[] = [];
  page.on('dialog', (dialog) => void dialog.dismiss());
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text()) && !message.text().includes('fonts.googleapis.com')) {
      attempts.push(`${page.url()}: ${message.text()} ${JSON.stringify(message.location())}`);
    }
  });
  for (const path of paths) {
    await page.goto(path);
    await page
      .getByText(SEEN)
      .or(page.locator(`[value*="${SEEN}"]`))
      .first()
      .waitFor({ state: 'attached' });
    await settled();
    expect(await page.evaluate(() => 'hacked' in window), path).toBe(false);
    expect(await page.locator('img[src="x"]').count(), path).toBe(0);
  }
  expect(attempts).toEqual([]);
}

async function signInAsAdmin(page: Page): Promise<TestUser> {
  const admin = await signUp(site.stack, 'FREE', { role: 'admin' });
  await page.goto('/sign-in');
  await fillCredentials(page, admin);
  await page.waitForURL('**/courses');
  return admin;
}

test('titles, files, model output and errors stay text: in the course, in print, behind a link, and to admins', async (context) => {
  const owner = await visit(site, context);
  const user = await signInAs(site, owner, 'PREMIUM');
  const course = await readableCourse(site, user, { title: HOSTILE, documentName: `${HOSTILE}.md`, failed: [3] });
  const { generationId, token } = await poison(course.id);
  const own = ['', '/lessons/1', '/lessons/3', '/lessons/1/edit', '/lessons/1/versions', '/glossary', '/print'];
  await expectHarmless(owner, ['/courses', ...own.map((path) => `/courses/${course.slug}${path}`)]);

  const reader = await visit(site, context);
  await expectHarmless(
    reader,
    ['', '/lessons/1', '/glossary'].map((path) => `/share/${token}${path}`),
  );

  const admin = await visit(site, context);
  await signInAsAdmin(admin);
  const search = new URLSearchParams({ q: HOSTILE });
  await expectHarmless(admin, [
    '/admin/generations',
    `/admin/generations?${search}`,
    `/admin/generations/${generationId}`,
    `/admin/users?${search}`,
    '/admin/events',
  ]);
});

test('what stands in a diagram never becomes part of the page, not even while it is drawn', async (context) => {
  const page = await visit(site, context);
  const user = await signInAs(site, page, 'PREMIUM');
  const labels = [
    '<img src=x onerror=window.hacked=1>',
    '<<img src=x onerror=window.hacked=1>>',
    '&lt;img src=x onerror=window.hacked=1&gt;',
    '&amp;lt;img src=x onerror=window.hacked=1&amp;gt;',
    '&#60;img src=x onerror=window.hacked=1&#62;',
    '&#x3c;img src=x onerror=window.hacked=1&#x3e;',
    '#lt;img src=x onerror=window.hacked=1#gt;',
    '#60;img src=x onerror=window.hacked=1#62;',
    '<svg/onload=window.hacked=1>',
    '<br onclick=1><img src=x onerror=window.hacked=1>',
  ];
  const fences = labels.map((label) => `\`\`\`mermaid\nflowchart LR\n  A["${label}"] --> B[Готово]\n\`\`\`\n`);
  const plain = '```mermaid\nclassDiagram\n  class Shape {\n    <<interface>>\n  }\n  Shape <|-- Square\n```\n';
  const course = await readableCourse(site, user, { content: [...fences, plain, HOSTILE].join('\n') });
  await expectHarmless(page, [`/courses/${course.slug}/lessons/1`], async () => {
    const drawn = page.getByRole('img', { name: /^Схема/ });
    await drawn.nth(labels.length).waitFor();
    await expect.poll(() => page.evaluate(() => document.querySelectorAll('body > [id^=ddiagram]').length)).toBe(0);
  });
});

test('a title stays text in the activity log of a generation, and in Bull Board', async (context) => {
  const page = await visit(site, context);
  await signInAs(site, page, 'PREMIUM');
  const slug = await createCourse(page, HOSTILE);
  await generate(page);
  const worker = await site.startWorker();
  await finished(page);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  await expectHarmless(page, [`/courses/${slug}`]);

  const { adminUser: username, adminPassword: password } = site.stack;
  const board = await visit(site, context, { httpCredentials: { username, password } });
  const queue = `${worker.url}/admin/queues/queue/course-generation`;
  await board.goto(`${queue}?status=completed`);
  const job = board.getByRole('link', { name: /finalization/ }).first();
  await job.waitFor();
  const address = await job.getAttribute('href');
  await expectHarmless(board, [new URL(address ?? '', queue).href]);
  const headers = (await board.request.get(`${worker.url}/admin/queues`)).headers();
  expect(headers).toMatchObject({ 'x-frame-options': 'DENY', 'x-content-type-options': 'nosniff' });
  expect(headers['content-security-policy']).toMatch(/^default-src 'self';(?!.*script-src)/);
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
});
