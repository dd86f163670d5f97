import { randomUUID } from 'node:crypto';
import { signUp } from '@megacampus/test-kit/users';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NARROWEST, type Site, startSite, visit } from './site.ts';
import { createCourse, fillCredentials, signInAs } from './steps.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.close());

test('a newcomer signs up, is taken to the form they came for, and can sign out and in again', async (context) => {
  const page = await visit(site, context);
  await page.goto('/');
  await page.getByRole('link', { name: 'Создать первый курс' }).click();
  await page.waitForURL('**/sign-in?next=%2Fcourses%2Fnew');
  await page.getByRole('main').getByRole('link', { name: 'Зарегистрироваться' }).click();
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
  await createCourse(page, 'Без скриптов');
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
