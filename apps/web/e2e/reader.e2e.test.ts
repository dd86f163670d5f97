import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsOf } from './faults.ts';
import { readableCourse } from './readable-course.ts';
import { type Site, sharedSite } from './site.ts';
import { signInAs } from './steps.ts';
import { DESKTOP, NARROWEST, newPage, PHONE, visit } from './visit.ts';

let site: Site;
beforeAll(async () => {
  site = await sharedSite();
});
afterAll(() => site?.close());

test('whatever is written in a lesson, its title or the name of a file: it is shown well, and never runs', async (context) => {
  const page = await visit(site, context, { viewport: NARROWEST, colorScheme: 'dark' });
  const foreign: string[] = [];
  page.on('request', (request) => {
    const isOurs = request.url().startsWith(site.url) || /^(data|blob):/.test(request.url());
    if (!isOurs) foreign.push(request.url());
  });
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const blocked: string[] = [];
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) blocked.push(message.text());
  });
  const user = await signInAs(site, page, 'PREMIUM');
  const name = '<img src=x onerror=alert(1)>.md';
  const course = await readableCourse(site, user, { documentName: name });
  await page.goto(`/courses/${course.slug}/lessons/1`);

  await page.getByRole('heading', { level: 1, name: 'Поиск <b onclick=alert(1)>в списке</b>' }).waitFor();
  await page.getByRole('img', { name: /^Схема\./ }).waitFor();
  expect(await page.locator('math').count()).toBeGreaterThanOrEqual(4);
  expect(await page.locator('.hljs-keyword').count()).toBeGreaterThan(0);
  await page.getByText('Курс стоит от $5 до $10.').waitFor();
  await page.getByText('это не схема').waitFor();
  await page.getByText("<script>document.title = 'взломано'</script>").waitFor();
  expect(await faultsOf(page, 'a rich lesson')).toEqual([]);

  await page
    .getByRole('button', { name: `Открыть источник 1: ${name}` })
    .first()
    .click();
  const dialog = page.getByRole('dialog', { name: 'Источник 1' });
  await dialog.getByText('Глава 1 › Поиск › с. 3').waitFor();
  // Markdown, not its source; and the quoted words are marked.
  expect(await dialog.locator('mark strong, strong mark').textContent()).toBe('Мысль');
  expect(await page.title()).not.toContain('взломано');
  expect({ foreign, dialogs, blocked }).toEqual({ foreign: [], dialogs: [], blocked: [] });
});

test('without scripts a lesson is read as well: a diagram is its source', async (context) => {
  const page = await visit(site, context, { javaScriptEnabled: false });
  const user = await signInAs(site, page);
  const course = await readableCourse(site, user);
  await page.goto(`/courses/${course.slug}/lessons/1`);
  await page.getByText('flowchart LR').waitFor();
  await page.getByRole('link', { name: /^Следующий урок/ }).click();
  await page.waitForURL('**/lessons/2');
});

test.for([
  { language: 'Russian', locale: 'ru-RU', viewport: DESKTOP },
  { language: 'English', locale: 'en-US', viewport: PHONE },
])('reading is kept and goes on where it stopped, in $language', async ({ locale, viewport }, context) => {
  const page = await visit(site, context, { locale, viewport });
  const user = await signInAs(site, page, 'PREMIUM');
  const course = await readableCourse(site, user, { lessons: 30, failed: [2] });
  await page.goto(`/courses/${course.slug}`);
  await page.getByText(/^(Готово уроков: 29 из 30|29 of 30 lessons are ready)$/).waitFor();
  await page.getByRole('link', { name: /^(Начать читать|Start reading)$/ }).click();
  await page.waitForURL('**/lessons/1');

  await answer(page, 0);
  await page.getByText(/^(Верных ответов: 0 из 2|Right answers: 0 of 2)$/).waitFor();
  await page.getByText('Двоичный поиск отбрасывает половину списка.').first().waitFor();
  await page.getByRole('button', { name: /^(Пройти ещё раз|Take it again)$/ }).click();
  await answer(page, 1);
  await page.getByText(/^(Верных ответов: 2 из 2|Right answers: 2 of 2)$/).waitFor();

  await page.locator('h1').click();
  await page.keyboard.press('ArrowRight');
  await page.waitForURL('**/lessons/2');
  await page.getByText(/(Причина|Reason): Языковая модель не ответила\./).waitFor();
  await page.keyboard.press('ArrowLeft');
  await page.waitForURL('**/lessons/1');
  await page.getByText(/^(Лучший результат: 2 из 2\.|Best result: 2 of 2\.)$/).waitFor();
  // In a choice the arrows choose.
  await page.getByRole('radio').first().focus();
  await page.keyboard.press('ArrowRight');
  expect(new URL(page.url()).pathname).toMatch(/lessons\/1$/);

  const contents = page.getByRole('button', { name: /^(Содержание|Contents)$/ });
  if (await contents.isVisible()) await contents.click();
  const nav = page.getByRole('navigation', { name: /^(Содержание|Contents)$/ });
  expect(await nav.locator('[aria-current=page]').textContent()).toContain('Поиск');
  expect(await nav.getByLabel(/^(прочитан|read)$/).count()).toBe(1);
  expect(await faultsOf(page, 'a lesson')).toEqual([]);

  await page.goto(`/courses/${course.slug}`);
  await page.getByText(/^(1 из 30 уроков прочитано|1 of 30 lessons read)$/).waitFor();
  expect(await faultsOf(page, 'a course that is being read')).toEqual([]);
  await page.getByRole('link', { name: /^(Продолжить чтение|Continue reading)$/ }).click();
  await page.waitForURL('**/lessons/3');
  await page.getByRole('button', { name: /^(Отметить прочитанным|Mark as read)$/ }).click();
  await page.getByRole('button', { name: /^(Прочитано|Read)\./ }).click();
  await page.getByRole('button', { name: /^(Отметить прочитанным|Mark as read)$/ }).waitFor();

  await page.goto(`/courses/${course.slug}/glossary`);
  await page.getByRole('searchbox').fill('ГРАФ');
  await page.getByText(/^1 (термин|term)$/).waitFor();
  expect(await page.getByRole('term').allTextContents()).toEqual(['Граф']);
  expect(await faultsOf(page, 'the glossary')).toEqual([]);

  await page.goto(`/courses/${course.slug}/print`);
  await page.getByText(/^\[1\] Лекции\.md › Глава 1/).waitFor();
  expect(await faultsOf(page, 'the print view')).toEqual([]);
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
});

test('a link gives away one course to read and nothing else, until it is withdrawn', async (context) => {
  const owner = await visit(site, context);
  const user = await signInAs(site, owner, 'PREMIUM');
  const course = await readableCourse(site, user);
  const other = await readableCourse(site, user, { title: 'Другой курс', lessons: 12 });
  await owner.goto(`/courses/${course.slug}`);
  await owner.getByRole('button', { name: 'Поделиться' }).click();
  await owner.getByRole('button', { name: 'Создать ссылку' }).click();
  const link = await owner.getByLabel('Ссылка', { exact: true }).inputValue();
  expect(link).toMatch(new RegExp(`^${site.url}/share/[0-9a-f]{64}$`));

  const reader = await visit(site, context, { locale: 'en-US', viewport: PHONE });
  await reader.goto(link);
  expect(await reader.locator('meta[name=robots]').getAttribute('content')).toBe('noindex, nofollow');
  expect(await faultsOf(reader, 'a shared course')).toEqual([]);
  await reader.getByRole('link', { name: 'Start reading' }).click();
  await reader.waitForURL('**/lessons/1');
  await answer(reader, 1);
  await reader.getByText('Right answers: 2 of 2').waitFor();
  await reader
    .getByRole('button', { name: /^Open source 1/ })
    .first()
    .click();
  await reader.getByRole('dialog').getByText('Мысль').waitFor();
  expect(await reader.getByRole('link', { name: /Download|Open at page/ }).count()).toBe(0);
  await reader.keyboard.press('Escape');
  expect(await faultsOf(reader, 'a shared lesson')).toEqual([]);
  for (const secret of [user.userId, user.email, course.slug, course.id]) {
    for (const path of ['', '/lessons/1', '/glossary']) {
      expect(await (await reader.request.get(`${link}${path}`)).text(), path).not.toContain(secret);
    }
  }

  const status = async (path: string) => (await reader.request.get(path)).status();
  expect(await status(`${link}/lessons/3`)).toBe(200);
  // The other course has twelve lessons; this one three.
  expect(await status(`${link}/lessons/4`)).toBe(404);
  const guessed = link.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
  expect(await status(guessed)).toBe(404);
  expect(await status(`${site.url}/share/${other.id}`)).toBe(404);
  expect(await status(`${link}/print`)).toBe(404);

  await owner.getByRole('button', { name: 'Отозвать ссылку…' }).click();
  await owner.getByRole('button', { name: 'Отозвать', exact: true }).click();
  await owner.getByRole('button', { name: 'Создать ссылку' }).waitFor();
  for (const path of ['', '/lessons/1', '/glossary']) expect(await status(`${link}${path}`), path).toBe(404);
  await reader.goto(link);
  await reader.getByRole('heading', { level: 1, name: 'This link no longer works' }).waitFor();
  expect(await faultsOf(reader, 'a withdrawn link')).toEqual([]);
});

test('a lesson is edited, compared with its earlier text and brought back; a second editor is told', async (context) => {
  const page = await visit(site, context);
  const user = await signInAs(site, page, 'PREMIUM');
  const course = await readableCourse(site, user, { failed: [3] });
  const lesson = `/courses/${course.slug}/lessons/2`;
  await page.goto(lesson);
  await page.getByRole('link', { name: 'Править' }).click();
  await page.waitForURL('**/edit');
  const other = await newPage(page.context());
  await other.goto(`${lesson}/edit`);

  const text = page.getByRole('textbox', { name: 'Текст урока' });
  await text.fill('Новый текст с $x^2$.\n\n<script>alert(1)</script>');
  await page.getByRole('button', { name: 'Просмотр' }).click();
  await page.getByRole('region', { name: 'Просмотр' }).locator('msup').waitFor();
  expect(await faultsOf(page, 'the editor')).toEqual([]);
  page.once('dialog', (dialog) => void dialog.dismiss());
  await page.getByRole('link', { name: 'Не сохранять' }).click();
  expect(new URL(page.url()).pathname).toBe(`${lesson}/edit`);
  await page.keyboard.press('Control+s');
  await page.waitForURL(`**${lesson}`);
  await page.getByText('<script>alert(1)</script>').waitFor();

  await other.getByRole('textbox', { name: 'Текст урока' }).fill('Текст второго окна.');
  await other.getByRole('button', { name: 'Сохранить', exact: true }).click();
  await other.getByText('Урок изменился, пока вы его правили').waitFor();
  expect(await faultsOf(other, 'a conflict')).toEqual([]);
  await other.getByRole('button', { name: 'Сохранить мой поверх' }).click();
  await other.waitForURL(`**${lesson}`);
  await other.getByText('Текст второго окна.').waitFor();

  await other.getByRole('link', { name: 'Версии (3)' }).click();
  await other.waitForURL('**/versions');
  await other.getByRole('link', { name: /^Версия 1/ }).click();
  await other.getByRole('heading', { name: 'Версия 1 и нынешняя (3)' }).waitFor();
  await other.getByRole('deletion').filter({ hasText: 'Текст урока 2.' }).waitFor();
  await other.getByRole('insertion').filter({ hasText: 'Текст второго окна.' }).waitFor();
  expect(await faultsOf(other, 'the versions')).toEqual([]);
  await other.getByRole('button', { name: 'Вернуть эту версию' }).click();
  await other.waitForURL(`**${lesson}`);
  await other.getByText('Текст урока 2.').waitFor();

  await page.goto(`/courses/${course.slug}/lessons/3`);
  await page.getByRole('button', { name: 'Создать урок заново' }).click();
  await page.getByRole('button', { name: 'Добавь примеры из жизни' }).click();
  expect(await page.getByRole('textbox', { name: 'Пожелание' }).inputValue()).toBe('Добавь примеры из жизни');
  expect(await faultsOf(page, 'the wish for a lesson')).toEqual([]);

  await page.getByRole('button', { name: 'Написать заново' }).click();
  await page.getByText('Этот урок пишется заново. Ниже — прежний текст.').waitFor();
  await page.getByText('Пожелание: Добавь примеры из жизни').waitFor();
  expect(await faultsOf(page, 'a lesson that is being rewritten')).toEqual([]);
  // Meanwhile nothing else is changed.
  await other.goto(`${lesson}/edit`);
  await other.getByRole('textbox', { name: 'Текст урока' }).fill('Не вовремя.');
  await other.getByRole('button', { name: 'Сохранить', exact: true }).click();
  await other.getByText(/^Сейчас создаётся новая версия курса или урока\./).waitFor();
  const worker = await site.startWorker();
  await page.getByRole('button', { name: 'Переписать урок' }).waitFor({ timeout: 90_000 });
  await worker.stop();
  expect(await page.getByText(/Причина: /).count()).toBe(0);
});

test('three hundred lessons: the open one is in view, and the page stays light', async (context) => {
  const page = await visit(site, context);
  const user = await signInAs(site, page, 'PREMIUM');
  const course = await readableCourse(site, user, { lessons: 300 });
  const response = await page.goto(`/courses/${course.slug}/lessons/155`);
  expect(((await response?.body()) ?? Buffer.alloc(0)).length).toBeLessThan(MAX_LESSON_PAGE_BYTES);
  const current = page.getByRole('navigation', { name: 'Содержание' }).locator('[aria-current=page]');
  await expect
    .poll(() =>
      current.evaluate((link) => {
        const { top, bottom } = link.getBoundingClientRect();
        return top >= 64 && bottom <= window.innerHeight;
      }),
    )
    .toBe(true);
  expect(await page.getByRole('link', { name: 'Урок 12: как это устроено' }).isVisible()).toBe(false);
  await page.getByText('Раздел о том, что начинается с 11', { exact: true }).click();
  await page.getByRole('link', { name: 'Урок 12: как это устроено' }).click();
  await page.waitForURL('**/lessons/12');
});

/** Uncompressed; about 190 KB with 300 lessons, of which the contents are two thirds. */
const MAX_LESSON_PAGE_BYTES = 300_000;

/** Answers every question with the same option. */
async function answer(page: Page, option: number): Promise<void> {
  for (const question of await page.locator('fieldset').all()) {
    await question.locator('label').nth(option).click();
  }
  await page.getByRole('button', { name: /^(Проверить ответы|Check answers)$/ }).click();
}
