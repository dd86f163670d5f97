import { signUp } from '@megacampus/test-kit/users';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LECTURE } from './lecture.ts';
import { type Site, sharedSite } from './site.ts';
import {
  createCourse,
  fillCredentials,
  fillNewCourse,
  finished,
  generate,
  signInAs,
  startReading,
  uploadFiles,
} from './steps.ts';
import { DESKTOP, PHONE, visit } from './visit.ts';

let site: Site;
beforeAll(async () => {
  site = await sharedSite();
  await site.startWorker();
});
afterAll(() => site?.close());

test.for([
  { language: 'Russian', locale: 'ru-RU', viewport: DESKTOP },
  { language: 'English', locale: 'en-US', viewport: PHONE },
])(
  'from a title to a finished course that is read and quizzed, in $language',
  async ({ locale, viewport }, context) => {
    const page = await visit(site, context, { locale, viewport });
    await page.goto('/sign-in');
    await fillCredentials(page, await signUp(site.stack));
    await page.getByRole('link', { name: /^(Создать первый курс|Create your first course)$/ }).click();
    await page.waitForURL('**/courses/new');
    const slug = await fillNewCourse(page, 'Основы фотографии для начинающих');
    expect(slug).toMatch(/^osnovy-fotografii-[a-z0-9-]+$/);

    await generate(page);
    await finished(page);
    await startReading(page).click();
    await page.waitForURL('**/lessons/1');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText(/извлечение из документов|extraction from documents/).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);

    await page.getByRole('link', { name: /^(Следующий урок|Next lesson)/ }).click();
    await page.waitForURL('**/lessons/2');
    await page.getByRole('link', { name: /^(Предыдущий урок|Previous lesson)/ }).click();
    await page.waitForURL('**/lessons/1');
  },
);

test('a course from an uploaded document cites it, and its quiz is scored', async (context) => {
  const page = await visit(site, context);
  await signInAs(site, page, 'PREMIUM');
  const slug = await createCourse(page, 'Введение в базы данных');
  await uploadFiles(page, [{ name: 'Введение в базы данных.md', text: LECTURE }]);
  const list = page.getByRole('list', { name: 'Загруженные документы' });
  await list.getByText('Загружен', { exact: true }).waitFor();
  await page.getByText('Курс будет построен по 1 документу.').waitFor();
  await generate(page);
  await finished(page);
  await startReading(page).click();

  await page.getByRole('heading', { name: 'Источники' }).waitFor();
  await page.getByRole('button', { name: 'Открыть источник 1: Введение в базы данных.md' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Источник 1' });
  const quote = ((await dialog.locator('mark').textContent()) ?? '').trim();
  expect(LECTURE.replaceAll(/\s+/g, ' ')).toContain(quote.replaceAll(/\s+/g, ' ').slice(0, 40));
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('link', { name: 'Скачать документ' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('Введение в базы данных.md');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });

  await takeQuiz();
  await page.goto(`/courses/${slug}/glossary`);
  await page.getByRole('heading', { level: 1, name: 'Словарь терминов' }).waitFor();

  async function takeQuiz() {
    const check = page.getByRole('button', { name: 'Проверить ответы' });
    await check.click();
    await page.getByText(/без ответа/).waitFor();
    for (const question of await page.getByRole('main').getByRole('group').all()) {
      const text = question.getByRole('textbox');
      if (await text.count()) await text.fill('не знаю');
      else await question.locator('label').first().click();
    }
    await check.click();
    await page.getByText(/Верных ответов: \d+ из \d+/).waitFor();
    await page.getByRole('button', { name: 'Пройти ещё раз' }).click();
    await check.waitFor();
  }
});

test('files that the tier does not take are refused before the upload, the others go through', async (context) => {
  const page = await visit(site, context);
  await signInAs(site, page, 'BASIC');
  await createCourse(page, 'Один документ');
  await uploadFiles(page, [
    { name: 'slides.pptx', text: 'x' },
    { name: 'пусто.md', text: '' },
    { name: 'первый.md', text: LECTURE },
    { name: 'второй.md', text: LECTURE },
  ]);
  const row = (name: string) => page.getByRole('listitem').filter({ hasText: name });
  await row('slides.pptx').getByText('Такой тип файла не подходит. Можно: TXT, MD.').waitFor();
  await row('пусто.md').getByText('Файл пустой.').waitFor();
  await row('второй.md').getByText('Больше документов добавить нельзя: не больше 1.').waitFor();
  await row('первый.md').getByText('Загружен', { exact: true }).waitFor();

  await page.getByRole('button', { name: 'Удалить первый.md' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Удалить' }).click();
  await row('первый.md').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Загрузить ещё раз второй.md' }).click();
  await row('второй.md').getByText('Загружен', { exact: true }).waitFor();
});

test('an upload that breaks off can be tried again', async (context) => {
  const page = await visit(site, context);
  await signInAs(site, page, 'STANDARD');
  await createCourse(page, 'Плохая связь');
  await page.route('**/storage/v1/object/**', (route) => route.abort('connectionreset'), { times: 1 });
  await uploadFiles(page, [{ name: 'Лекция.md', text: LECTURE }]);
  await page.getByText('Загрузка прервалась. Проверьте связь и повторите.').first().waitFor();
  await page.getByRole('button', { name: 'Загрузить ещё раз Лекция.md' }).click();
  await page.getByRole('list', { name: 'Загруженные документы' }).getByText('Загружен', { exact: true }).waitFor();
});

test('a user without documents in their tier is told so, and can generate all the same', async (context) => {
  const page = await visit(site, context);
  await signInAs(site, page, 'FREE');
  await createCourse(page, 'Без документов');
  await page.getByText(/В тарифе FREE документов нет/).waitFor();
  expect(await page.locator('input[type=file]').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Сгенерировать курс' }).isEnabled()).toBe(true);
});

test('somebody else’s course is not found', async (context) => {
  const owner = await visit(site, context);
  await signInAs(site, owner);
  const slug = await createCourse(owner, 'Чужой курс');
  const stranger = await visit(site, context);
  await signInAs(site, stranger);
  const response = await stranger.goto(`/courses/${slug}`);
  expect(response?.status()).toBe(404);
  await stranger.getByRole('heading', { name: 'Курс не найден' }).waitFor();
});
