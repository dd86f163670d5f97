import { clientFor } from '@megacampus/test-kit/users';
import { waitFor } from '@megacampus/test-kit/wait-for';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readableCourse } from './readable-course.ts';
import { type Site, sharedSite } from './site.ts';
import { createCourse, generate, progressTitle, signInAs } from './steps.ts';
import { DESKTOP, NARROWEST, newPage, visit } from './visit.ts';

let site: Site;
beforeAll(async () => {
  site = await sharedSite();
});
afterAll(() => site?.close());

const card = (page: Page, title: string) => page.getByRole('link', { name: title, exact: true });
const deleteCard = (page: Page, title: string) =>
  page.getByRole('button', { name: new RegExp(`^(Удалить курс|Delete course) [«“]${title}[»”]$`) });
const deleted = (page: Page) => page.getByText(/^(Курс «.+» удалён|“.+” was deleted)$/);
const undo = (page: Page) => page.getByRole('button', { name: /^(Вернуть|Undo)$/ });
const toTrash = (page: Page) => page.getByRole('link', { name: /^(Недавно удалённые|Recently deleted)$/ });
const restore = (page: Page) => page.getByRole('button', { name: /^(Вернуть «|Restore “)/ });
const isWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);

test.for([
  { language: 'Russian, at a desk', locale: 'ru-RU', viewport: DESKTOP },
  { language: 'English, on a phone', locale: 'en-US', viewport: NARROWEST },
])('delete, undo, delete again, and restore from the recently deleted: $language', async (look, context) => {
  const page = await visit(site, context, { locale: look.locale, viewport: look.viewport });
  await signInAs(site, page);
  await createCourse(page, 'Первый курс');
  await createCourse(page, 'Второй курс');
  await page.goto('/courses');
  await deleteCard(page, 'Второй курс').click();
  await deleted(page).waitFor();
  await card(page, 'Второй курс').waitFor({ state: 'detached' });
  await undo(page).click();
  await card(page, 'Второй курс').waitFor();

  await deleteCard(page, 'Второй курс').click();
  await card(page, 'Второй курс').waitFor({ state: 'detached' });
  expect(await isWide(page)).toBe(false);
  await toTrash(page).click();
  await page.waitForURL('**/courses/deleted');
  await page.getByRole('heading', { level: 2, name: 'Второй курс' }).waitFor();
  await page.getByText(/Можно вернуть ещё 30 дней|30 days left to restore/).waitFor();
  expect(await isWide(page)).toBe(false);
  await restore(page).click();
  await page.getByRole('heading', { name: /^(Удалённых курсов нет|No deleted courses)$/ }).waitFor();
  await page.goto('/courses');
  await Promise.all([card(page, 'Первый курс').waitFor(), card(page, 'Второй курс').waitFor()]);
});

test('a course is deleted from its own page; its address and its link lead nowhere until it is restored', async (context) => {
  const page = await visit(site, context);
  const user = await signInAs(site, page, 'STANDARD');
  const { slug } = await readableCourse(site, user, { title: 'Алгоритмы' });
  await page.goto(`/courses/${slug}`);
  await page.getByRole('button', { name: 'Поделиться' }).click();
  await page.getByRole('button', { name: 'Создать ссылку' }).click();
  const link = await page.getByLabel(/^Ссылка$/).inputValue();
  await page.keyboard.press('Escape');
  const other = await newPage(page.context());
  await other.goto(`/courses/${slug}`);
  await page.getByRole('button', { name: 'Удалить курс' }).click();
  await page.waitForURL('**/courses');
  await deleted(page).waitFor();

  for (const path of [`/courses/${slug}`, `/courses/${slug}/lessons/1`, `/courses/${slug}/print`, link]) {
    expect((await other.goto(path))?.status(), path).toBe(404);
  }
  for (const what of ['check-status', 'events', 'cancel']) {
    const answer = await other.request.get(`/api/courses/${slug}/${what}`);
    expect([answer.status(), (await answer.json()).error], what).toEqual([404, 'Course not found']);
  }
  await undo(page).click();
  await card(page, 'Алгоритмы').waitFor();
  for (const path of [`/courses/${slug}/lessons/1`, link]) {
    expect((await other.goto(path))?.status(), path).toBe(200);
  }
});

test('deleting a course that is being generated asks first, stops the work and frees its place', async (context) => {
  const page = await visit(site, context);
  const { userId } = await signInAs(site, page);
  await createCourse(page, 'Долгий курс');
  await page.goto('/courses');
  // This page does not know yet that the generation has been started in another tab.
  const other = await newPage(page.context());
  await other.goto('/courses');
  await card(other, 'Долгий курс').click();
  await generate(other);
  await progressTitle(other).waitFor();

  await deleteCard(page, 'Долгий курс').click();
  const question = page.getByRole('alertdialog', { name: 'Курс ещё создаётся' });
  await question.getByRole('button', { name: 'Оставить' }).click();
  await question.waitFor({ state: 'detached' });
  await deleteCard(page, 'Долгий курс').click();
  await question.getByRole('button', { name: 'Прервать и удалить' }).click();
  await deleted(page).waitFor();
  await other.getByRole('heading', { name: 'Курс не найден' }).waitFor();

  const db = clientFor(site.stack, site.stack.serviceKey);
  const { data } = await db.from('generations').select('status').eq('user_id', userId).throwOnError();
  expect(data).toEqual([{ status: 'cancelled' }]);
  // FREE has one place: it is free again.
  await createCourse(page, 'Следующий курс');
  await generate(page);
  await progressTitle(page).waitFor();
});

test('a course is deleted for good after a question, and a worker removes it', async (context) => {
  const page = await visit(site, context);
  const { userId } = await signInAs(site, page);
  await createCourse(page, 'Лишний курс');
  await page.getByRole('button', { name: 'Удалить курс' }).click();
  await page.waitForURL('**/courses');
  await page.goto('/courses/deleted');
  await page.getByRole('button', { name: 'Удалить навсегда «Лишний курс»' }).click();
  const question = page.getByRole('alertdialog', { name: 'Удалить курс навсегда?' });
  await question.getByRole('button', { name: 'Удалить навсегда' }).click();
  await page.getByText('Курс «Лишний курс» удалён навсегда').waitFor();
  await page.getByRole('heading', { name: 'Удалённых курсов нет' }).waitFor();
  await site.startWorker();
  const db = clientFor(site.stack, site.stack.serviceKey);
  await waitFor(async () => (await db.from('courses').select('id').eq('user_id', userId)).data?.length === 0, {
    timeoutMs: 60_000,
    what: 'the course to be removed',
  });
});

test('by keyboard: the focus stays in the list when a card disappears, and the undo can be reached', async (context) => {
  const page = await visit(site, context);
  await signInAs(site, page);
  await createCourse(page, 'Остаётся');
  await createCourse(page, 'Уходит');
  await page.goto('/courses');
  await deleteCard(page, 'Уходит').focus();
  await page.keyboard.press('Enter');
  await card(page, 'Уходит').waitFor({ state: 'detached' });
  const hasFocus = () => card(page, 'Остаётся').evaluate((node) => node === document.activeElement);
  await waitFor(hasFocus, { what: 'the focus to be on the other card' });
  await page.keyboard.press('Alt+t');
  await page.keyboard.press('Tab');
  while (!(await undo(page).evaluate((node) => node === document.activeElement))) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await card(page, 'Уходит').waitFor();
});

test('a stranger can neither delete nor bring back what is not theirs', async (context) => {
  const owner = await visit(site, context);
  await signInAs(site, owner);
  await createCourse(owner, 'Чужой курс');
  await owner.getByRole('button', { name: 'Удалить курс' }).click();
  await owner.waitForURL('**/courses');
  const stranger = await visit(site, context);
  await signInAs(site, stranger);
  await stranger.goto('/courses/deleted');
  await stranger.getByRole('heading', { name: 'Удалённых курсов нет' }).waitFor();
});
