import { clientFor } from '@megacampus/test-kit/users';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LECTURE } from './lecture.ts';
import { type Site, sharedSite } from './site.ts';
import { createCourse, fillCredentials, signInAs } from './steps.ts';
import { DESKTOP, NARROWEST, visit } from './visit.ts';

let site: Site;
beforeAll(async () => {
  site = await sharedSite();
});
afterAll(() => site?.close());

const title = (page: Page) => page.getByRole('textbox', { name: /^(Название курса|Course title)$/ });
const submit = (page: Page) => page.getByRole('button', { name: /^(Создать курс|Create course)$/ });
const options = (page: Page, name: RegExp) => page.getByRole('combobox', { name }).locator('option');
const hasFocus = (page: Page, name: RegExp) =>
  page.getByLabel(name).evaluate((node) => node === document.activeElement);

async function coursesOf(userId: string) {
  const db = clientFor(site.stack, site.stack.serviceKey);
  return (await db.from('courses').select('*').eq('user_id', userId).throwOnError()).data ?? [];
}

test('all of the brief can be said in the folded details, and is what the course is made from', async (context) => {
  const page = await visit(site, context);
  const { userId } = await signInAs(site, page);
  await page.goto('/courses/new');
  expect(await page.getByLabel('Описание').isVisible()).toBe(false);
  await page.locator('summary').click();
  expect(await options(page, /^Язык курса$/).count()).toBe(19);
  expect(await options(page, /^Стиль изложения$/).count()).toBe(19);
  expect(await options(page, /^Что делать с материалами$/).count()).toBe(4);
  await title(page).fill('Всё о кофе');
  const texts = {
    Описание: 'Зёрна и вода',
    'Для кого этот курс': 'Бариста',
    'Чему научатся слушатели': 'варить\nмолоть',
    'Что нужно знать заранее': 'Ничего',
    Разделов: '3',
    Уроков: '12',
  };
  for (const [label, text] of Object.entries(texts)) await page.getByLabel(label, { exact: true }).fill(text);
  const choices = {
    'Язык курса': 'ja',
    'Стиль изложения': 'socratic',
    Сложность: 'advanced',
    'Что делать с материалами': 'create_from_scratch',
    'Что получится': 'text',
    'Длительность урока': '20',
  };
  for (const [label, value] of Object.entries(choices)) {
    await page.getByRole('combobox', { name: label, exact: true }).selectOption(value);
  }
  await submit(page).click();
  await page.waitForURL(/\/courses\/vsyo-o-kofe-/);
  expect(await coursesOf(userId)).toMatchObject([
    {
      title: 'Всё о кофе',
      course_description: 'Зёрна и вода',
      target_audience: 'Бариста',
      learning_outcomes: ['варить', 'молоть'],
      prerequisites: 'Ничего',
      estimated_sections: 3,
      estimated_lessons: 12,
      lesson_duration_minutes: 20,
      language: 'ja',
      style: 'socratic',
      difficulty: 'advanced',
      content_strategy: 'create_from_scratch',
      output_formats: ['text'],
    },
  ]);
});

test('errors stand beside their fields, folded ones are opened, and the first has the focus', async (context) => {
  const page = await visit(site, context);
  const { userId } = await signInAs(site, page);
  await page.goto('/courses/new');
  await submit(page).click();
  await page.getByText('Заполните это поле.').waitFor();
  expect(await hasFocus(page, /^Название курса$/)).toBe(true);

  await title(page).fill('Курс');
  await page.locator('summary').click();
  await page.getByLabel('Чему научатся слушатели').fill('строка\n'.repeat(16));
  await page.getByLabel('Уроков', { exact: true }).fill('301');
  await page.locator('summary').click();
  await submit(page).click();
  await page.getByText('Не больше 15 строк.').waitFor();
  await page.getByText('Не больше 300.').waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'learning_outcomes');
  const [described] = await page.getByLabel('Уроков', { exact: true }).evaluate((node) =>
    (node.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent)
      .toReversed(),
  );
  expect(described).toBe('Не больше 300.');
  expect(await coursesOf(userId)).toEqual([]);
});

test.for([
  { language: 'Russian, at a desk', locale: 'ru-RU', viewport: DESKTOP },
  { language: 'English, on a phone', locale: 'en-US', viewport: NARROWEST },
])(
  'a half-filled form survives a reload and a sign-in, and nothing is stored meanwhile: $language',
  async (look, context) => {
    const page = await visit(site, context, { locale: look.locale, viewport: look.viewport });
    const user = await signInAs(site, page);
    const audience = page.getByLabel(/^(Для кого этот курс|Who it is for)$/);
    const style = page.getByRole('combobox', { name: /^(Стиль изложения|Style of writing)$/ });
    const isAsBefore = async () => {
      await audience.waitFor();
      expect([await title(page).inputValue(), await audience.inputValue(), await style.inputValue()]).toEqual([
        'Начатый курс',
        'Все',
        'academic',
      ]);
    };
    await page.goto('/courses/new');
    await page.locator('summary').click();
    await title(page).fill('Начатый курс');
    await audience.fill('Все');
    await style.selectOption('academic');
    await page.reload();
    await isAsBefore();
    expect(await coursesOf(user.userId)).toEqual([]);

    // Signed out in the meantime, as when a session has run out.
    await page.context().clearCookies();
    await submit(page).click();
    await page.waitForURL('**/sign-in?next=**');
    await fillCredentials(page, user);
    await page.waitForURL('**/courses/new');
    await isAsBefore();
    await submit(page).click();
    await page.waitForURL(/\/courses\/nachatyy-kurs-/);
    expect(await coursesOf(user.userId)).toMatchObject([{ title: 'Начатый курс', style: 'academic' }]);
    await page.goto('/courses/new');
    await title(page).waitFor();
    expect(await title(page).inputValue()).toBe('');
  },
);

test('what was begun can be thrown away, and is nobody else’s to see', async (context) => {
  const page = await visit(site, context);
  await signInAs(site, page);
  await page.goto('/courses/new');
  await title(page).fill('Секретный курс');
  await page.reload();
  await page.getByText('Мы вернули то, что вы начали заполнять.').waitFor();
  await page.context().clearCookies();
  await signInAs(site, page);
  await page.goto('/courses/new');
  expect(await title(page).inputValue()).toBe('');
  await title(page).fill('Ненужный');
  await page.reload();
  await page.getByRole('button', { name: 'Начать заново' }).click();
  expect(await title(page).inputValue()).toBe('');
  await page.reload();
  await title(page).waitFor();
  expect(await title(page).inputValue()).toBe('');
});

test('several documents are dropped at once, each with its progress; one dropped beside the place changes nothing', async (context) => {
  const page = await visit(site, context);
  await signInAs(site, page, 'STANDARD');
  await createCourse(page, 'Перетащить');
  await page.locator('input[type=file]').waitFor({ state: 'attached' });
  /** True when the browser has been kept from opening the files itself. */
  const drop = (selector: string, names: string[]) =>
    page
      .locator(selector)
      .first()
      .evaluate(
        (node, { names, text }) => {
          const dataTransfer = new DataTransfer();
          for (const name of names) dataTransfer.items.add(new File([text], name, { type: 'text/markdown' }));
          const init = { dataTransfer, bubbles: true, cancelable: true };
          return ['dragover', 'drop'].every((type) => !node.dispatchEvent(new DragEvent(type, init)));
        },
        { names, text: LECTURE },
      );
  expect(await drop('h1', ['мимо.md'])).toBe(true);
  // The storage answers when both have been seen on their way.
  const go = Promise.withResolvers<void>();
  await page.route('**/storage/v1/object/**', async (route) => {
    await go.promise;
    await route.continue();
  });
  await drop('section:has(input[type=file]) > div', ['первый.md', 'второй.md', 'program.exe']);
  await page.getByRole('progressbar', { name: /первый\.md/ }).waitFor();
  await page.getByRole('progressbar', { name: /второй\.md/ }).waitFor();
  await page.getByText('Такой тип файла не подходит').first().waitFor();
  go.resolve();
  const list = page.getByRole('list', { name: 'Загруженные документы' });
  for (const name of ['первый.md', 'второй.md']) {
    await list.getByRole('listitem').filter({ hasText: name }).getByText('Загружен', { exact: true }).waitFor();
  }
  expect(await page.getByText('мимо.md').count()).toBe(0);
});
