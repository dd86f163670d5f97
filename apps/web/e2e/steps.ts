import type { Tier } from '@megacampus/domain/tiers';
import { clientFor, signUp, createCourse as storeCourse, type TestUser } from '@megacampus/test-kit/users';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { sessionCookies } from '../testing/session-cookie.ts';
import type { Site } from './site.ts';

/** Signs a new person of a tier in, as if they had signed up on this device: the account remembers its language. */
export async function signInAs(site: Site, page: Page, tier: Tier = 'FREE'): Promise<TestUser> {
  const user = await signUp(site.stack, tier);
  const locale = await languageOf(page);
  await clientFor(site.stack, site.stack.serviceKey).from('user_profiles').update({ locale }).eq('id', user.userId);
  const cookies = await sessionCookies(site.stack, user);
  await page.context().addCookies(cookies.map((cookie) => ({ ...cookie, url: site.url, httpOnly: true })));
  people.set(page.context(), { site, user });
  return user;
}

/** Who has been signed in last, by browser. */
const people = new WeakMap<BrowserContext, { readonly site: Site; readonly user: TestUser }>();

const languageOf = (page: Page): Promise<'ru' | 'en'> =>
  page.evaluate(() => (navigator.language.startsWith('ru') ? 'ru' : 'en'));

/** Fills in and sends the form of the sign-in page. */
export async function fillCredentials(page: Page, user: Pick<TestUser, 'email' | 'password'>): Promise<void> {
  await page.getByRole('textbox', { name: /^(электронная почта|e-mail)$/i }).fill(user.email);
  await page.getByLabel(/^(пароль|password)$/i).fill(user.password);
  await page
    .getByRole('main')
    .getByRole('button', { name: /^(войти|sign in)$/i })
    .click();
}

/** Makes a course of nothing but a title for whoever is signed in; ends on its page. Returns its slug. */
export async function createCourse(page: Page, title: string): Promise<string> {
  const signedIn = people.get(page.context());
  if (signedIn === undefined) throw new Error('Nobody has been signed in here by signInAs');
  const language = await languageOf(page);
  const { slug } = await storeCourse(signedIn.site.stack, signedIn.user, { title, language });
  await page.goto(`/courses/${slug}`);
  await takenOver(page.locator('main').getByRole('button').first());
  return slug;
}

/** Makes a course through the form that the page shows; ends on its page. Returns its slug. */
export async function fillNewCourse(page: Page, title: string): Promise<string> {
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
  const input = page.locator('input[type=file]');
  await takenOver(input);
  await input.setInputFiles(
    files.map(({ name, text }) => ({ name, mimeType: 'text/markdown', buffer: Buffer.from(text) })),
  );
}

/** Waits until scripts listen to an element of a page that has just come from the server. */
async function takenOver(element: Locator): Promise<void> {
  await element.evaluate(async (node) => {
    const isReacts = () => Object.keys(node).some((key) => key.startsWith('__reactProps'));
    for (let frames = 0; frames < 600 && !isReacts(); frames += 1) await new Promise(requestAnimationFrame);
  });
}
