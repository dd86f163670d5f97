import { randomUUID } from 'node:crypto';
import { issueCode, letLinkExpire } from '@megacampus/test-kit/auth-server';
import { createMailbox } from '@megacampus/test-kit/mailbox';
import { startThrowAwayStack } from '@megacampus/test-kit/own-stack';
import { clientFor } from '@megacampus/test-kit/users';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest';
import { faultsOfEachLook } from './faults.ts';
import { type Site, startSite } from './site.ts';
import { fillCredentials } from './steps.ts';
import { NARROWEST, visit } from './visit.ts';

const mailbox = createMailbox();
let site: Site;
beforeAll(async () => {
  site = await startSite({ stack: await startThrowAwayStack({ confirmEmails: true, log: mailbox.log }) });
});
afterAll(() => site?.close());

const PASSWORD = 'first-password-1';
const NEW_PASSWORD = 'second-password-2';
const newEmail = () => `${randomUUID()}@test.megacampus.test`;

/** A person whose address is confirmed, signed in nowhere. */
async function member(): Promise<string> {
  const email = newEmail();
  const { auth } = clientFor(site.stack, site.stack.publishableKey);
  await auth.signUp({ email, password: PASSWORD });
  const link = new URL(await mailbox.takeLink(email), site.url);
  const { error } = await auth.verifyOtp({ type: 'signup', token_hash: link.searchParams.get('token_hash') ?? '' });
  if (error) throw error;
  return email;
}

const FORGOTTEN = /^(Забыли пароль\?|Forgot your password\?)$/;

async function askForLink(page: Page, email: string): Promise<void> {
  await page.goto('/forgot-password');
  await sendLink(page, email);
}

async function sendLink(page: Page, email: string): Promise<void> {
  await page.getByRole('textbox', { name: /^(Электронная почта|E-mail)$/ }).fill(email);
  await page.getByRole('button', { name: /^(Прислать ссылку|Send me a link)$/ }).click();
  await page.getByText(email).waitFor();
}

const continueButton = (page: Page) => page.getByRole('button', { name: /^(Продолжить|Continue)$/ });
const newPassword = (page: Page) => page.getByLabel(/^(Новый пароль|New password)$/);

async function savePassword(page: Page, password: string): Promise<void> {
  await newPassword(page).fill(password);
  await page.getByRole('button', { name: /^(Сохранить пароль|Save password)$/ }).click();
}

const spentTitle = (page: Page) =>
  page.getByRole('heading', { level: 1, name: /^(Ссылка больше не действует|This link no longer works)$/ });

const LOOKS = [
  { name: 'Russian', locale: 'ru-RU', options: {} },
  { name: 'English, narrow phone', locale: 'en-US', options: { viewport: NARROWEST } },
  { name: 'without scripts', locale: 'ru-RU', options: { javaScriptEnabled: false } },
];

test.for(LOOKS)(
  'a forgotten password is replaced by a link from a mail: $name',
  async ({ locale, options }, context) => {
    const email = await member();
    const page = await visit(site, context, { locale, ...options });
    await page.goto('/sign-in');
    await page.getByRole('link', { name: FORGOTTEN }).click();
    await page.getByRole('heading', { level: 1, name: FORGOTTEN }).waitFor();
    await sendLink(page, email);
    await page.goto(await mailbox.takeLink(email));
    await continueButton(page).click();
    await page.waitForURL('**/reset-password');
    await savePassword(page, NEW_PASSWORD);
    await page.getByText(/^(Пароль изменён|Password changed)$/).waitFor();

    const { auth } = clientFor(site.stack, site.stack.publishableKey);
    expect((await auth.signInWithPassword({ email, password: PASSWORD })).error?.code).toBe('invalid_credentials');
    expect((await auth.signInWithPassword({ email, password: NEW_PASSWORD })).error).toBe(null);
  },
);

test('a new account is signed in by the link that confirms its address', async (context) => {
  const page = await visit(site, context);
  const email = newEmail();
  await page.goto('/sign-up?next=%2Fcourses%2Fnew');
  await page.getByRole('textbox', { name: 'Электронная почта' }).fill(email);
  await page.getByLabel('Пароль', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Зарегистрироваться' }).click();
  await page.getByText('Проверьте почту').waitFor();

  await page.goto(await mailbox.takeLink(email));
  await page.getByRole('button', { name: 'Подтвердить и войти' }).click();
  await page.getByRole('heading', { level: 1, name: 'Мои курсы' }).waitFor();
});

test('the answer is the same for an address that nobody has', async (context) => {
  const known = await member();
  const unknown = newEmail();
  const answers: (string | null)[] = [];
  for (const email of [known, unknown]) {
    const page = await visit(site, context);
    await askForLink(page, email);
    const text = await page.getByRole('main').textContent();
    answers.push(text?.replace(email, '…') ?? null);
  }
  expect(answers[0]).toBe(answers[1]);
  await mailbox.takeLink(known);
  expect(mailbox.linksTo(unknown)).toEqual([]);
});

test('nobody can fill a mailbox: after five links in an hour the sixth is refused', async (context) => {
  const page = await visit(site, context);
  const email = await member();
  for (let times = 0; times < 5; times++) await askForLink(page, email);
  await page.goto('/forgot-password');
  await page.getByRole('textbox', { name: 'Электронная почта' }).fill(email);
  await page.getByRole('button', { name: 'Прислать ссылку' }).click();
  await page.getByText('Слишком много попыток').waitFor();
  expect(mailbox.linksTo(email)).toHaveLength(5);
});

test('a link can be opened by programs that look at mail, and is used up by its button only', async (context) => {
  const email = await member();
  const page = await visit(site, context);
  await askForLink(page, email);
  const link = await mailbox.takeLink(email);
  expect((await fetch(`${site.url}${link}`)).status).toBe(200);

  await page.goto(link);
  await continueButton(page).click();
  await newPassword(page).waitFor();

  const other = await visit(site, context);
  await other.goto(link);
  await continueButton(other).click();
  await spentTitle(other).waitFor();
  await other.getByRole('link', { name: 'Прислать новую ссылку' }).click();
  await other.getByRole('heading', { level: 1, name: 'Забыли пароль?' }).waitFor();
});

test('a link that has expired says so and leads to a new one', async (context) => {
  const email = await member();
  const page = await visit(site, context);
  await askForLink(page, email);
  await letLinkExpire(site.stack, email);
  await page.goto(await mailbox.takeLink(email));
  await continueButton(page).click();
  await spentTitle(page).waitFor();
  expect(new URL(page.url()).pathname).toBe('/auth/confirm');
});

test('a code in the address, as the default mails of Supabase send it, works in the browser that asked', async (context) => {
  const email = await member();
  const page = await visit(site, context);
  await askForLink(page, email);
  await mailbox.takeLink(email);
  const code = await issueCode(site.stack, email, await verifierOf(page));

  const other = await visit(site, context);
  await other.goto(`/auth/confirm?code=${code}&next=%2Freset-password`);
  await continueButton(other).click();
  await spentTitle(other).waitFor();
  await other.getByRole('link', { name: 'Прислать новую ссылку' }).waitFor();

  await page.goto(`/auth/confirm?code=${code}&next=%2Freset-password`);
  await continueButton(page).click();
  await page.waitForURL('**/reset-password');
  await savePassword(page, NEW_PASSWORD);
  await page.getByText('Пароль изменён').waitFor();
});

test('an open session is not enough to set a password without the old one', async (context) => {
  const page = await signedIn(context, await member());
  await page.goto('/reset-password');
  await spentTitle(page).waitFor();
  expect(await newPassword(page).count()).toBe(0);
});

test.for(['https://evil.example/', '//evil.example', '/\\evil.example'])(
  'a link with next=%s stays here',
  async (next, context) => {
    const email = newEmail();
    await clientFor(site.stack, site.stack.publishableKey).auth.signUp({ email, password: PASSWORD });
    const page = await visit(site, context);
    await page.goto(`${await mailbox.takeLink(email)}&next=${encodeURIComponent(next)}`);
    await page.getByRole('button', { name: 'Подтвердить и войти' }).click();
    await page.waitForURL('**/courses');
    expect(new URL(page.url()).origin).toBe(site.url);
  },
);

test.for(['', '?error=access_denied&error_code=otp_expired&error_description=Email+link+is+invalid', '?token_hash=x'])(
  'an address without a usable link has a clear page: %s',
  async (query, context) => {
    const page = await visit(site, context);
    await page.goto(`/auth/confirm${query}`);
    await spentTitle(page).waitFor();
  },
);

test('axe finds nothing on the way to a new password', async (context) => {
  const email = await member();
  const page = await visit(site, context, { locale: 'en-US' });
  const faults: string[] = [];
  const look = async (name: string) => {
    faults.push(...(await faultsOfEachLook(page, name)));
  };
  await page.goto('/forgot-password');
  await look('asking for a link');
  await askForLink(page, email);
  await look('the link is on its way');
  await page.goto('/auth/confirm');
  await look('a spent link');
  await page.goto(await mailbox.takeLink(email));
  await look('a link');
  await continueButton(page).click();
  await savePassword(page, 'short');
  await page.getByRole('alert').first().waitFor();
  await look('a new password, with an error');
  await savePassword(page, NEW_PASSWORD);
  await page.getByText(/^(Пароль изменён|Password changed)$/).waitFor();
  await look('the account after it');
  expect(faults).toEqual([]);
});

test('a password is forgotten and replaced by keyboard alone', async (context) => {
  const email = await member();
  const page = await visit(site, context);
  await page.goto('/forgot-password');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type(email);
  await page.keyboard.press('Enter');
  await page.goto(await mailbox.takeLink(email));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await newPassword(page).waitFor();
  for (let presses = 0; presses < 12 && !(await isFocused(newPassword(page))); presses++) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.type(NEW_PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByText('Пароль изменён').waitFor();
});

async function signedIn(context: TestContext, email: string): Promise<Page> {
  const page = await visit(site, context);
  await page.goto('/sign-in');
  await fillCredentials(page, { email, password: PASSWORD });
  await page.waitForURL('**/courses');
  return page;
}

const isFocused = (locator: Locator) => locator.evaluate((node) => node === document.activeElement);

/** What the browser that asked for a link keeps to prove so. */
async function verifierOf(page: Page): Promise<string> {
  const cookies = await page.context().cookies();
  const kept = cookies.find(({ name }) => name === 'megacampus-session-code-verifier')?.value ?? '';
  const decoded = Buffer.from(kept.replace(/^base64-/, ''), 'base64url').toString();
  return (JSON.parse(decoded) as string).split('/')[0] ?? '';
}
