import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { LECTURE } from './lecture.ts';
import { readableCourse } from './readable-course.ts';
import type { Site } from './site.ts';
import { createCourse, finished, generate, progressTitle, signInAs, startReading, uploadFiles } from './steps.ts';
import { adminPages } from './take-admin-screenshots.ts';
import { allowNotifications, newPage } from './visit.ts';

export interface Look {
  /** Begins the names of the files. */
  readonly name: string;
  readonly options: BrowserContextOptions;
}

/** Goes through every page as a new user and writes a picture of each to `directory`. Returns their paths. */
export async function takeScreenshots(site: Site, directory: string, look: Look): Promise<string[]> {
  mkdirSync(directory, { recursive: true });
  const paths: string[] = [];
  const context = await site.browser.newContext({ baseURL: site.url, reducedMotion: 'reduce', ...look.options });
  await allowNotifications(context);
  const page = await newPage(context);
  const shoot = async (name: string, fullPage = true) => {
    const path = join(directory, `${look.name}-${name}.png`);
    await page.waitForFunction(() => document.querySelector('[role=status] .animate-pulse') === null);
    // The header sticks to the top of what is seen; a picture of the whole page begins there.
    if (fullPage) await page.evaluate(() => window.scrollTo(0, 0));
    await page.screenshot({ path, fullPage, animations: 'disabled' });
    paths.push(path);
  };
  try {
    await visitorPages(page, shoot);
    const user = await signInAs(site, page, 'PREMIUM');
    await page.goto('/courses');
    await shoot('courses-empty');
    await account(page, shoot);
    await newCourse(page, shoot);
    await course(site, page, shoot);
    await reading(page, await readableCourse(site, user, { lessons: 30, failed: [2] }), shoot);
    await context.clearCookies();
    await adminPages(site, page, shoot);
  } finally {
    await context.close();
  }
  return paths;
}

type Shoot = (name: string, fullPage?: boolean) => Promise<void>;

async function visitorPages(page: Page, shoot: Shoot): Promise<void> {
  await page.goto('/');
  await shoot('welcome');
  await page.goto('/sign-up');
  await page.getByRole('main').getByRole('button').last().click();
  await page.getByRole('alert').first().waitFor();
  await shoot('sign-up-errors');
  await page.goto('/forgot-password');
  await shoot('forgot-password');
  await page.goto('/auth/confirm?token_hash=none&type=recovery');
  await shoot('link');
  await page.goto('/auth/confirm');
  await shoot('link-spent');
  await page.goto('/no-such-page');
  await shoot('not-found');
}

async function account(page: Page, shoot: Shoot): Promise<void> {
  await page.goto('/account');
  await shoot('account');
}

async function newCourse(page: Page, shoot: Shoot): Promise<void> {
  await page.goto('/courses/new');
  await shoot('new-course');
  await page.locator('summary').click();
  await shoot('new-course-details');
}

async function course(site: Site, page: Page, shoot: Shoot): Promise<void> {
  const slug = await createCourse(page, 'Введение в базы данных');
  await shoot('course-new');
  await uploadFiles(page, [
    { name: 'Введение в базы данных.md', text: LECTURE },
    { name: 'Расписание занятий.xlsx', text: 'x' },
  ]);
  await page.getByText(/^(Загружен|Uploaded)$/).waitFor();
  await shoot('course-documents');

  await generate(page);
  await progressTitle(page).waitFor();
  await page.getByText(/^(Вы следующие|You are next|Место в очереди|Place in the queue)/).waitFor();
  await shoot('progress');
  await page.getByRole('button', { name: /^(Отменить создание|Cancel generation)$/ }).click();
  await shoot('progress-cancel', false);
  await page.keyboard.press('Escape');

  const worker = await site.startWorker();
  // Half-way, if the worker can be caught there.
  await page
    .getByText(/^(Уроков готово|Lessons done): [1-9]/)
    .or(startReading(page))
    .waitFor();
  worker.signal('SIGSTOP');
  await shoot('progress-lessons');
  worker.signal('SIGCONT');
  await finished(page);
  await worker.stop();
  await shoot('course-finished');
  await page.goto(`/courses/${slug}/lessons/2`);
  await shoot('lesson');
  await shoot('lesson-top', false);
  await page
    .getByRole('button', { name: /^(Открыть источник 1|Open source 1)/ })
    .first()
    .click();
  await page.getByRole('dialog').waitFor();
  await shoot('lesson-source', false);
  await page.keyboard.press('Escape');
  await answerQuiz(page);
  await shoot('lesson-quiz');
  await page.goto(`/courses/${slug}/glossary`);
  await shoot('glossary');

  await createCourse(page, 'Ещё не созданный курс с довольно длинным названием, которое не помещается в одну строку');
  await generate(page);
  await progressTitle(page).waitFor();
  await page.goto('/courses');
  await shoot('courses');
  await createCourse(page, 'Черновик, который больше не нужен');
  await page.getByRole('button', { name: /^(Удалить курс|Delete course)$/ }).click();
  await page.getByRole('button', { name: /^(Вернуть|Undo)$/ }).waitFor();
  await shoot('courses-undo', false);
  await page.goto('/courses/deleted');
  await shoot('courses-deleted');
}

/** A course with formulas, code and diagrams, as it is read, printed and shared. */
async function reading(page: Page, { slug }: { readonly slug: string }, shoot: Shoot): Promise<void> {
  await page.goto(`/courses/${slug}/lessons/1`);
  await page.getByRole('img', { name: /^(Схема|Diagram)/ }).waitFor();
  await shoot('lesson-rich');
  await page.getByRole('link', { name: /^(Следующий урок|Next lesson)/ }).click();
  await page.waitForURL('**/lessons/2');
  await shoot('lesson-failed');
  await page.goto(`/courses/${slug}`);
  await shoot('course-reading');
  await page.getByRole('button', { name: /^(Поделиться|Share)$/ }).click();
  await page.getByRole('button', { name: /^(Создать ссылку|Create link)$/ }).click();
  const link = await page.getByLabel(/^(Ссылка|Link)$/).inputValue();
  await shoot('share', false);
  await page.goto(`/courses/${slug}/print`);
  await shoot('print', false);
  await page.goto(link);
  await shoot('shared');
  await page.goto(`${link}0`);
  await shoot('share-withdrawn');
}

async function answerQuiz(page: Page): Promise<void> {
  for (const question of await page.getByRole('main').getByRole('group').all()) {
    const text = question.getByRole('textbox');
    if (await text.count()) await text.fill('?');
    else await question.locator('label').first().click();
  }
  await page.getByRole('button', { name: /^(Проверить ответы|Check answers)$/ }).click();
  await page.getByText(/^(Верных ответов|Right answers): /).waitFor();
}
