import { randomUUID } from 'node:crypto';
import { clientFor, signUp, type TestUser } from '@megacampus/test-kit/users';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Site, startSite } from './site.ts';
import { createCourse, fillCredentials, fillNewCourse, generate, progressTitle, signInAs } from './steps.ts';
import { NARROWEST, visit } from './visit.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite({ env: { GLOBAL_CONCURRENCY_LIMIT: '1' } });
});
afterAll(() => site?.close());

test('a newcomer signs up, is taken to the form they came for, and can sign out and in again', async (context) => {
  const page = await visit(site, context);
  await page.goto('/');
  await page.getByRole('link', { name: 'Создать первый курс' }).click();
  await page.getByRole('heading', { level: 1, name: 'Регистрация' }).waitFor();

  const email = `${randomUUID()}@test.megacampus.test`;
  await page.getByRole('textbox', { name: 'Электронная почта' }).fill(email);
  await page.getByLabel('Пароль', { exact: true }).fill('megacampus-2026');
  await page.getByRole('button', { name: 'Зарегистрироваться' }).click();
  await page.waitForURL('**/courses/new');

  await page.getByRole('button', { name: `Учётная запись ${email}` }).click();
  await page.getByRole('menuitem', { name: 'Выйти' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await page.goto('/courses');
  await page.waitForURL('**/sign-in?next=%2Fcourses');
});

test('the forms work before, or without, the scripts of the page', async (context) => {
  const page = await visit(site, context, { javaScriptEnabled: false });
  const user = await signUp(site.stack);
  await page.goto('/sign-in?next=%2Fcourses%2Fnew');
  await fillCredentials(page, { ...user, password: 'not-mine' });
  await page.getByText('Почта или пароль не подходят.').waitFor();
  await fillCredentials(page, user);
  await page.waitForURL('**/courses/new');
  await fillNewCourse(page, 'Без скриптов');
  await page.getByRole('heading', { level: 1, name: 'Без скриптов' }).waitFor();
});

test('what is wrong is said beside the field, in plain words', async (context) => {
  const page = await visit(site, context);
  await page.goto('/sign-up');
  await page.getByRole('textbox', { name: 'Электронная почта' }).fill('anna');
  await page.getByLabel('Пароль', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Зарегистрироваться' }).click();
  await page.getByText('Введите адрес почты, например name@example.com.').waitFor();
  await page.getByText('Нужно не меньше 8 символов.').waitFor();
  const focused = page.locator(':focus');
  expect(await focused.getAttribute('name')).toBe('email');

  await page.goto('/sign-in');
  await page.getByRole('textbox', { name: 'Электронная почта' }).fill('nobody@test.megacampus.test');
  await page.getByLabel('Пароль', { exact: true }).fill('wrong-password');
  await page.getByRole('main').getByRole('button', { name: 'Войти' }).click();
  await page.getByText('Почта или пароль не подходят.').waitFor();
  expect(await page.getByRole('textbox', { name: 'Электронная почта' }).inputValue()).toBe(
    'nobody@test.megacampus.test',
  );
});

test.for(['//evil.example', 'https://evil.example/', '/\\evil.example'])(
  'signing in with next=%s stays here',
  async (next, context) => {
    const page = await visit(site, context);
    const user = await signUp(site.stack);
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await fillCredentials(page, user);
    await page.waitForURL('**/courses');
    expect(new URL(page.url()).origin).toBe(site.url);
  },
);

test('the language follows the browser, then the switch, then the account on another device', async (context) => {
  const page = await visit(site, context, { locale: 'en-GB' });
  await page.goto('/');
  await page.getByRole('heading', { level: 1, name: /A complete course/ }).waitFor();
  const user = await signInAs(site, page);
  await page.goto('/courses');
  await page.getByRole('button', { name: 'Language: English' }).click();
  await page.getByRole('menuitem', { name: 'Русский' }).click();
  await page.getByRole('heading', { level: 1, name: 'Мои курсы' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('ru');

  const other = await visit(site, context, { locale: 'en-GB' });
  await other.goto('/sign-in');
  await fillCredentials(other, user);
  await other.getByRole('heading', { level: 1, name: 'Мои курсы' }).waitFor();
});

test('the theme is kept over a reload', async (context) => {
  const page = await visit(site, context, { viewport: NARROWEST, colorScheme: 'light' });
  await page.goto('/');
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByRole('button', { name: 'Тема: Как в системе' }).click();
  await page.getByRole('menuitem', { name: 'Тёмная' }).click();
  await page.getByRole('button', { name: 'Тема: Тёмная' }).waitFor();
  await page.reload();
  expect(await background()).not.toBe(light);
});

test.for([
  { locale: 'ru-RU', account: 'Учётная запись и тариф', title: 'Учётная запись', save: 'Сохранить имя', name: 'Имя' },
  { locale: 'en-GB', account: 'Account and plan', title: 'Account', save: 'Save name', name: 'Name' },
])('a name is given on the account page, which the menu leads to by keyboard: $locale', async (words, context) => {
  const page = await visit(site, context, { locale: words.locale, viewport: NARROWEST });
  const user = await signInAs(site, page);
  await page.goto('/courses');
  const menu = page.getByRole('button', { name: user.email });
  await menu.focus();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('menuitem', { name: words.account }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: words.title }).waitFor();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(NARROWEST.width);

  await page.getByLabel(words.name, { exact: true }).fill('Анна Петровна');
  await page.getByRole('button', { name: words.save }).click();
  await page
    .getByRole('status')
    .filter({ hasText: /сохранено|saved/ })
    .waitFor();
  await page.reload();
  expect(await page.getByLabel(words.name, { exact: true }).inputValue()).toBe('Анна Петровна');
});

test('the account shows the limits of the tier, what is in flight with its course, and that the system is full', async (context) => {
  const page = await visit(site, context);
  await signInAs(site, page, 'STANDARD');
  await page.goto('/account');
  await page.getByRole('heading', { name: 'Тариф STANDARD' }).waitFor();
  const limits = page.getByRole('region', { name: 'Тариф STANDARD' }).getByRole('definition');
  const shown = (await limits.allTextContents()).map((text) => text.replaceAll(/\s/g, ' '));
  expect(shown).toEqual(['3', '3', '10 МБ', 'PDF, DOCX, PPTX, HTML, TXT, MD']);
  await page.getByText('Сейчас ничего не создаётся. Одновременно можно 3 курса.').waitFor();
  await page.getByText('В системе есть место для новых курсов.').waitFor();

  const slug = await createCourse(page, 'Курс в работе');
  await generate(page);
  await progressTitle(page).waitFor();
  await page.goto('/account');
  await page.getByText('Создаётся 1 курс из 3 возможных.').waitFor();
  await page.getByText('Система сейчас занята').waitFor();
  await page.getByRole('link', { name: 'Курс в работе' }).click();
  await page.waitForURL(`**/courses/${slug}`);

  // To another user it says the same of the system and nothing of the course.
  const other = await visit(site, context);
  await signInAs(site, other);
  await other.goto('/account');
  await other.getByText('Система сейчас занята').waitFor();
  expect(await other.getByRole('link', { name: 'Курс в работе' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Отменить создание' }).click();
  await page.getByRole('button', { name: 'Да, отменить' }).click();
  await page.getByText('Создание курса отменено').first().waitFor();
});

test('language and theme are switched on the account page without scripts as well', async (context) => {
  const page = await visit(site, context, { javaScriptEnabled: false });
  await signInAs(site, page);
  await page.goto('/account');
  await page.getByRole('group', { name: 'Тема' }).getByRole('button', { name: 'Тёмная' }).click();
  await page.getByRole('group', { name: 'Язык' }).getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  const chosen = page.getByRole('button', { pressed: true });
  expect(await chosen.allTextContents()).toEqual(['English', 'Dark']);
});

/** A session of the same user on another device. */
async function elsewhere(user: Pick<TestUser, 'email' | 'password'>) {
  const { auth } = clientFor(site.stack, site.stack.publishableKey);
  const { error } = await auth.signInWithPassword(user);
  if (error) throw error;
  return auth;
}

test.for([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
  'a new password needs the old one and ends the sessions on other devices: %o',
  async (options, context) => {
    const page = await visit(site, context, options);
    const user = await signInAs(site, page);
    const other = await elsewhere(user);
    await page.goto('/account');
    const change = async (current: string, password: string) => {
      await page.getByLabel('Нынешний пароль').fill(current);
      await page.getByLabel('Новый пароль').fill(password);
      await page.getByRole('button', { name: 'Сохранить пароль' }).click();
    };
    await change('not-my-password', 'a-better-password');
    await page.getByText('Это не ваш нынешний пароль.').waitFor();
    await change(user.password, user.password);
    await page.getByText('Это ваш нынешний пароль.').waitFor();
    expect((await other.refreshSession()).error).toBe(null);
    await change(user.password, 'a-better-password');
    await page.getByText('Пароль изменён').waitFor();
    expect(await page.getByLabel('Новый пароль').inputValue()).toBe('');

    expect((await other.refreshSession()).error).not.toBe(null);
    await elsewhere({ email: user.email, password: 'a-better-password' });
    await page.goto('/courses');
    await page.getByRole('heading', { level: 1, name: 'Мои курсы' }).waitFor();
  },
);

test('signing out everywhere ends this session and all others', async (context) => {
  const page = await visit(site, context);
  const user = await signInAs(site, page);
  const other = await elsewhere(user);
  await page.goto('/account');
  await page.getByRole('button', { name: 'Выйти на всех устройствах' }).click();
  await page.waitForURL('**/sign-in');
  expect((await other.refreshSession()).error).not.toBe(null);
  await page.goto('/account');
  await page.waitForURL('**/sign-in?next=%2Faccount');
});

test('times are of the reader’s clock, which the server knows from the second page on', async (context) => {
  const page = await visit(site, context, { timezoneId: 'Asia/Vladivostok' });
  const { userId } = await signInAs(site, page);
  await createCourse(page, 'Полночь');
  const service = clientFor(site.stack, site.stack.serviceKey);
  await service.from('courses').update({ created_at: '2026-01-31T20:00:00Z' }).eq('user_id', userId);
  const written = async () => (await page.request.get('/courses')).text();
  expect(await written()).toContain('>31 января 2026');
  await page.goto('/courses');
  await page.getByText('Создан 1 февраля 2026').waitFor();
  expect(await written()).toContain('>1 февраля 2026');
});
