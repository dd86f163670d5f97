import { clientFor, signUp, type TestUser } from '@megacampus/test-kit/users';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sessionCookie } from '../testing/session-cookie.ts';
import { faultsOfEachLook } from './faults.ts';
import { type Site, sharedSite } from './site.ts';
import { createCourse, fillCredentials, generate, progressTitle, signInAs } from './steps.ts';
import { visit } from './visit.ts';

let site: Site;
beforeAll(async () => {
  site = await sharedSite();
});
afterAll(() => site?.close());

const PAGES = ['/admin', '/admin/generations', '/admin/users', '/admin/events', '/admin/queues'];

async function enterAsAdmin(page: Page): Promise<TestUser> {
  const admin = await signUp(site.stack, 'FREE', { role: 'admin' });
  const locale = (await page.context().cookies()).length === 0 ? await localeOf(page) : 'ru';
  await clientFor(site.stack, site.stack.serviceKey).from('user_profiles').update({ locale }).eq('id', admin.userId);
  await page.goto('/sign-in');
  await fillCredentials(page, admin);
  await page.waitForURL('**/courses');
  return admin;
}

async function localeOf(page: Page): Promise<string> {
  await page.goto('/sign-in');
  return (await page.locator('html').getAttribute('lang')) ?? 'ru';
}

test('to a visitor and to a user the pages of the admin do not exist', async () => {
  const user = await signUp(site.stack, 'PREMIUM');
  const cookie = await sessionCookie(site.stack, user);
  for (const path of [...PAGES, '/admin/generations/course-gen-x']) {
    for (const headers of [{}, { cookie }] as Record<string, string>[]) {
      const response = await fetch(site.url + path, { headers, redirect: 'manual' });
      expect(response.status, path).toBe(404);
      expect(response.headers.get('location'), path).toBeNull();
    }
  }
});

test('an admin changes the limit, a tier, finds a generation by its title and cancels it', async (context) => {
  const owner = await visit(site, context);
  const { email } = await signInAs(site, owner, 'BASIC');
  await createCourse(owner, 'Редкостное название');
  await generate(owner);
  await progressTitle(owner).waitFor();

  const page = await visit(site, context);
  const admin = await enterAsAdmin(page);
  await page.goto('/admin');
  await page.getByText('1 из 3', { exact: true }).waitFor();
  await page.getByText('Нет ни одного живого исполнителя').waitFor();
  const limit = page.getByLabel('Общий предел одновременных генераций');
  await limit.fill('0');
  await page.getByText('Целое число от 1 до', { exact: false }).waitFor();
  await limit.fill('7');
  await page.getByRole('button', { name: 'Изменить предел' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Изменить предел' }).click();
  await page.getByText('1 из 7', { exact: true }).waitFor();

  await page.goto(`/admin/users?q=${email}`);
  await page.getByLabel(`Тариф: ${email}`).selectOption('PREMIUM');
  await page.getByRole('button', { name: 'Изменить', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Изменить' }).click();
  await page.getByText('Изменено', { exact: true }).waitFor();
  await page.goto(`/admin/users?q=${admin.email}`);
  await page.getByText(admin.email).first().waitFor();
  expect(await page.getByLabel(`Роль: ${admin.email}`).count()).toBe(0);

  await page.goto('/admin/generations');
  await page.getByLabel('Название курса, почта, номер генерации или запроса').fill('редкостн');
  await page.getByRole('button', { name: 'Показать' }).click();
  await page.getByRole('link', { name: 'Редкостное название' }).click();
  await page.getByRole('heading', { level: 1, name: 'Редкостное название' }).waitFor();
  await page.getByRole('link', { name: 'structure_analysis' }).waitFor();
  await page.getByRole('button', { name: 'Отменить генерацию' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Отменить генерацию' }).click();
  await page.getByText('Изменено', { exact: true }).waitFor();
  expect(await page.getByRole('button', { name: 'Отменить генерацию' }).count()).toBe(0);
});

test('axe finds nothing on the pages of the admin', async (context) => {
  const page = await visit(site, context, { locale: 'en-US' });
  await enterAsAdmin(page);
  const service = clientFor(site.stack, site.stack.serviceKey);
  await service.from('system_metrics').insert({ event_type: 'job_rollback', severity: 'error', metadata: { a: 1 } });
  const { data } = await service.from('generations').select('id').limit(1);
  const paths = [...PAGES.slice(0, 4), '/admin/users?q=nobody', `/admin/generations/${data?.[0]?.id}`];
  const faults: string[] = [];
  for (const path of paths) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForFunction(() => document.querySelector('.animate-pulse') === null);
    faults.push(...(await faultsOfEachLook(page, path)));
  }
  expect(faults).toEqual([]);
});
