import type { TestApp } from '@megacampus/test-kit/apps';
import type { BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Site, sharedSite } from './site.ts';
import { createCourse, finished, generate, progressTitle, signInAs, uploadFiles } from './steps.ts';
import { allowNotifications, newPage, visit } from './visit.ts';

/** Without a worker a generation waits in the queue for as long as a test needs; with one it ends in seconds. */
let site: Site;
let worker: TestApp | null = null;
beforeAll(async () => {
  site = await sharedSite();
});
// A frozen worker takes up nothing either, and is back at once.
afterEach(() => worker?.signal('SIGSTOP'));
afterAll(async () => {
  worker?.signal('SIGCONT');
  await site?.close();
});

/** Until the end of the test what waits is taken up. */
async function letWork(): Promise<void> {
  if (worker === null) worker = await site.startWorker();
  else worker.signal('SIGCONT');
}

const bar = (page: Parameters<typeof progressTitle>[0]) =>
  page.getByRole('progressbar', { name: 'Ход создания курса' });

test('progress survives a reload, is the same in a second tab, and ends in the course by itself', async (context) => {
  const page = await visit(site, context, { spoils: true });
  await allowNotifications(page.context());
  const breaches = await breachesOfPolicy(page.context());
  await signInAs(site, page);
  await createCourse(page, 'Очередь и перезагрузка');
  const resting = await newPage(page.context());
  await resting.goto(page.url());
  await generate(page);
  await progressTitle(page).waitFor();
  await page.getByText('Вы следующие в очереди.').waitFor();
  await page.getByText('Сейчас нет ни одного работающего исполнителя.').waitFor();
  await page.getByText('Журнал').click();
  await page.getByText('Завершён шаг «Запуск генерации».').waitFor();
  const percentage = await bar(page).getAttribute('aria-valuenow');
  expect(await page.title()).toBe(`${percentage} % · Очередь и перезагрузка · MegaCampus`);
  expect(Number(percentage)).toBeGreaterThanOrEqual(20);

  await page.reload();
  await progressTitle(page).waitFor();
  expect(await bar(page).getAttribute('aria-valuenow')).toBe(percentage);
  await resting.bringToFront();
  await resting.evaluate(() => window.dispatchEvent(new Event('focus')));
  await progressTitle(resting).waitFor();

  await resting.getByRole('button', { name: 'Сообщить, когда курс будет готов' }).click();
  await resting.getByRole('button', { name: 'Сообщим, когда курс будет готов' }).waitFor();
  await letWork();
  await finished(page);
  await finished(resting);
  expect(await page.title()).toBe('Очередь и перезагрузка · MegaCampus');
  expect(breaches).toEqual([]);
});

test('a failure is told in the language of the page, and the next try succeeds once its cause is gone', async (context) => {
  const page = await visit(site, context, { locale: 'en-US' });
  await signInAs(site, page, 'PREMIUM');
  await createCourse(page, 'Noise');
  await uploadFiles(page, [{ name: 'noise.md', text: 'PK\u0000\u0001\u0002'.repeat(50) }]);
  await page.getByText('Uploaded', { exact: true }).waitFor();
  await letWork();
  await generate(page);
  await page
    .getByText('Reason: “noise.md”: This is not a text file. Save it as plain text and upload it again.')
    .waitFor();
  await page.getByRole('button', { name: 'Remove noise.md' }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('Document removed.').first().waitFor();
  await page.getByRole('button', { name: 'Try again' }).click();
  await finished(page);
});

test('when events are blocked the page polls', async (context) => {
  const page = await visit(site, context);
  await page.context().route('**/events', (route) => route.abort());
  await signInAs(site, page);
  await createCourse(page, 'Без событий');
  await generate(page);
  await page.getByText('Обновляется раз в несколько секунд.').waitFor();
  await letWork();
  await finished(page);
});

test('when events are held back on the way the page polls as well', async (context) => {
  const page = await visit(site, context);
  await page.context().route('**/events', () => {});
  await signInAs(site, page);
  await createCourse(page, 'События застряли');
  await generate(page);
  await page.getByText('Обновляется раз в несколько секунд.').waitFor();
  await letWork();
  await finished(page);
});

test('offline is said, and the truth is shown as soon as the network is back', async (context) => {
  const page = await visit(site, context);
  await signInAs(site, page);
  await createCourse(page, 'Без сети');
  await generate(page);
  await page.getByText('Обновляется сразу.').waitFor();
  await page.context().setOffline(true);
  await page.getByText(/^Нет связи\. Курс продолжает создаваться/).waitFor();
  await letWork();
  await page.context().setOffline(false);
  await finished(page);
});

test('a generation is cancelled after a question, and can be started again', async (context) => {
  const page = await visit(site, context);
  await signInAs(site, page);
  await createCourse(page, 'Отмена');
  await generate(page);
  await page.getByRole('button', { name: 'Отменить создание' }).click();
  await page.getByRole('button', { name: 'Продолжить создание' }).click();
  await page.getByRole('alertdialog').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Отменить создание' }).click();
  await page.getByRole('button', { name: 'Да, отменить' }).click();
  await page.getByText('Создание курса отменено').waitFor();
  await page.getByRole('button', { name: 'Сгенерировать заново' }).click();
  await progressTitle(page).waitFor();
  await letWork();
  await finished(page);
});

test('the limit of the tier is explained in words, with when to try again', async (context) => {
  const page = await visit(site, context);
  await signInAs(site, page, 'FREE');
  await createCourse(page, 'Первый');
  await generate(page);
  await progressTitle(page).waitFor();
  await createCourse(page, 'Второй');
  await generate(page);
  await page.getByText('Тариф FREE позволяет создавать одновременно 1 курс.').waitFor();
  await page.getByText(/^Попробуйте снова через|^Теперь можно попробовать снова/).waitFor();

  await page.goto('/courses');
  const first = page.getByRole('listitem').filter({ hasText: 'Первый' });
  await first.getByText('Запускается').waitFor();
  await letWork();
  await first.getByText('Готов', { exact: true }).waitFor();
});

test('a double start from two tabs is one generation, shown in both', async (context) => {
  const page = await visit(site, context);
  await signInAs(site, page);
  await createCourse(page, 'Два окна');
  const second = await newPage(page.context());
  await second.goto(page.url());
  await Promise.all([generate(page), generate(second)]);
  await Promise.all([progressTitle(page).waitFor(), progressTitle(second).waitFor()]);
  await letWork();
  await Promise.all([finished(page), finished(second)]);
});

/** Everything that pages try and the Content Security Policy forbids, as they go on. */
async function breachesOfPolicy(context: BrowserContext): Promise<readonly string[]> {
  const breaches: string[] = [];
  await context.exposeFunction('tellBreach', (what: string) => breaches.push(what));
  await context.addInitScript(() => {
    const { tellBreach } = window as typeof window & { tellBreach: (what: string) => void };
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
      tellBreach(`${violatedDirective}: ${blockedURI} by ${sourceFile}`),
    );
  });
  return breaches;
}
