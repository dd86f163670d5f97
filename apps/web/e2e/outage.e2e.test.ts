import { setTimeout as pause } from 'node:timers/promises';
import { startThrowAwayStack } from '@megacampus/test-kit/own-stack';
import { startTcpProxy, type TcpProxy } from '@megacampus/test-kit/tcp-proxy';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Site, startSite } from './site.ts';
import { createCourse, fillCredentials, generate, signInAs } from './steps.ts';
import { visit } from './visit.ts';

let site: Site;
let supabase: TcpProxy;
let redis: TcpProxy;
beforeAll(async () => {
  const stack = await startThrowAwayStack();
  [supabase, redis] = await Promise.all([startTcpProxy(stack.supabaseUrl), startTcpProxy(stack.redisUrl)]);
  const addresses = { supabaseUrl: supabase.url, redisUrl: redis.url };
  site = await startSite({ stack, addresses });
});
afterEach(async () => {
  await Promise.all([supabase.restore(), redis.restore()]);
});
afterAll(async () => {
  await site?.close();
  await Promise.all([supabase?.close(), redis?.close()]);
});

test('with the database away a page says so, keeps the user signed in, and comes back by its button', async (context) => {
  const page = await visit(site, context);
  await signInAs(site, page);
  await supabase.cut();
  await page.goto('/courses');
  await page.getByRole('heading', { name: 'Не получилось открыть страницу' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/courses');
  await page.getByRole('button', { name: /^Учётная запись/ }).waitFor();
  await supabase.restore();
  await page.getByRole('button', { name: 'Попробовать ещё раз' }).click();
  await page.getByRole('heading', { name: 'Здесь появятся ваши курсы' }).waitFor();
});

/** The page's servers stand still for longer than it is held back for them. */
async function standStill() {
  supabase.freeze();
  await pause(700);
  await supabase.restore();
}

test.for(['slower', 'quicker'])(
  'a list that comes anew from %s servers is still the same, with the focus where it was',
  async (than, context) => {
    const page = await visit(site, context);
    await signInAs(site, page);
    for (const title of ['Остаётся', 'Уходит']) await createCourse(page, title);
    await Promise.all([page.goto('/courses'), than === 'quicker' ? standStill() : null]);
    const stays = page.getByRole('link', { name: 'Остаётся', exact: true });
    await stays.evaluate((node) => node.setAttribute('data-mark', 'of the first list'));
    await page.route(/\/courses\?_rsc=/, async (route) => {
      await Promise.all([route.continue(), than === 'slower' ? standStill() : null]);
    });
    await page.getByRole('button', { name: 'Удалить курс «Уходит»' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Уходит', exact: true }).waitFor({ state: 'detached' });
    expect(await stays.getAttribute('data-mark')).toBe('of the first list');
    expect(await stays.evaluate((node) => node === document.activeElement)).toBe(true);
  },
);

test('with the database away the form keeps what was typed', async (context) => {
  const page = await visit(site, context);
  await signInAs(site, page);
  await page.goto('/courses/new');
  const title = page.getByRole('textbox', { name: 'Название курса' });
  await title.fill('Не потеряется');
  await supabase.cut();
  await page.getByRole('button', { name: 'Создать курс' }).click();
  await page.getByText('Не удалось сохранить курс. Попробуйте ещё раз чуть позже.').waitFor();
  expect(await title.inputValue()).toBe('Не потеряется');
  await supabase.restore();
  await page.getByRole('button', { name: 'Создать курс' }).click();
  await page.waitForURL(/\/courses\/ne-poteryaetsya-/);
});

test('an outage of the sign-in is not told as a wrong password', async (context) => {
  const page = await visit(site, context);
  await page.goto('/sign-in');
  await supabase.cut();
  await fillCredentials(page, { email: 'anna@test.megacampus.test', password: 'whatever-it-is' });
  await page.getByText('Служба входа сейчас не отвечает. Попробуйте через минуту.').waitFor();
});

test('with Redis away a generation is not started, and the user is told when to try again', async (context) => {
  const page = await visit(site, context);
  await signInAs(site, page);
  await createCourse(page, 'Без Redis');
  await redis.cut();
  await generate(page);
  await page.getByText('Сервис временно недоступен').waitFor();
  await page.getByText(/^Попробуйте снова через|^Теперь можно попробовать снова/).waitFor();
});
