import type { Tier } from '@megacampus/domain/tiers';
import { clientFor, signUp, type TestUser } from '@megacampus/test-kit/users';
import type { Page } from 'playwright-core';
import type { Site } from './site.ts';

/** Signs a new person of a tier in through the page. */
export async function signInAs(site: Site, page: Page, tier: Tier = 'FREE'): Promise<TestUser> {
  const user = await signUp(site.stack, tier);
  await page.goto('/sign-in');
  // As if they had signed up on this page: the account remembers its language.
  const locale = await page.locator('html').getAttribute('lang');
  await clientFor(site.stack, site.stack.serviceKey).from('user_profiles').update({ locale }).eq('id', user.userId);
  await fillCredentials(page, user);
  await page.waitForURL('**/courses');
  return user;
}

/** Fills in and sends the form of the sign-in page. */
export async function fillCredentials(page: Page, user: Pick<TestUser, 'email' | 'password'>): Promise<void> {
  await page.getByRole('textbox', { name: /^(электронная почта|e-mail)$/i }).fill(user.email);
  await page.getByLabel(/^(пароль|password)$/i).fill(user.password);
  await page
    .getByRole('main')
    .getByRole('button', { name: /^(войти|sign in)$/i })
    .click();
}

/** Makes a course with nothing but a title; ends on its page. Returns its slug. */
export async function createCourse(page: Page, title: string): Promise<string> {
  await page.goto('/courses/new');
  await page.getByRole('textbox', { name: /^(название курса|course title)$/i }).fill(title);
  await page.getByRole('button', { name: /^(создать курс|create course)$/i }).click();
  await page.waitForURL(/\/courses\/(?!new)[^/]+$/);
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

export async function generate(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(Сгенерировать курс|Generate course)$/ }).click();
}

/** The headline of a generation in flight. */
export const progressTitle = (page: Page) =>
  page.getByRole('heading', { name: /^(Курс создаётся|Your course is being generated)$/ });

/** A generation here takes seconds; this long where many tests share the machine. */
const GENERATION_TIMEOUT_MS = 90_000;

/** Waits until the course can be read, without touching the page. */
export async function finished(page: Page): Promise<void> {
  await startReading(page).waitFor({ timeout: GENERATION_TIMEOUT_MS });
}

/** The way into a finished course. */
export const startReading = (page: Page) => page.getByRole('link', { name: /^(Начать читать|Start reading)$/ });

export async function uploadFiles(page: Page, files: readonly { name: string; text: string }[]): Promise<void> {
  await page
    .locator('input[type=file]')
    .setInputFiles(files.map(({ name, text }) => ({ name, mimeType: 'text/markdown', buffer: Buffer.from(text) })));
}
