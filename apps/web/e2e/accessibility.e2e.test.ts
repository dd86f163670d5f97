import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsOfEachLook } from './faults.ts';
import { LECTURE } from './lecture.ts';
import { type Site, sharedSite } from './site.ts';
import { createCourse, finished, generate, progressTitle, signInAs, uploadFiles } from './steps.ts';
import { visit } from './visit.ts';

let site: Site;
beforeAll(async () => {
  site = await sharedSite();
});
afterAll(() => site?.close());

test('axe finds nothing on any page, in any look', async (context) => {
  const page = await visit(site, context);
  const faults: string[] = [];
  for (const path of ['/', '/sign-in', '/sign-up', '/forgot-password', '/auth/confirm', '/no-such-page']) {
    await page.goto(path);
    faults.push(...(await faultsOfEachLook(page, path)));
  }
  await signInAs(site, page, 'PREMIUM');
  await page.goto('/courses');
  faults.push(...(await faultsOfEachLook(page, 'no courses yet')));

  await page.goto('/account');
  await page.getByRole('button', { name: /^(Сохранить пароль|Save password)$/ }).click();
  await page.getByRole('alert').first().waitFor();
  faults.push(...(await faultsOfEachLook(page, 'the account, with an error')));

  await page.goto('/courses/new');
  await page.getByRole('button', { name: /^(Создать курс|Create course)$/ }).click();
  await page.getByRole('alert').first().waitFor();
  await page.locator('summary').click();
  faults.push(...(await faultsOfEachLook(page, 'the form with an error')));

  const slug = await createCourse(page, 'Базы данных');
  await uploadFiles(page, [
    { name: 'Лекция.md', text: LECTURE },
    { name: 'program.exe', text: 'x' },
  ]);
  await page.getByText(/^(Загружен|Uploaded)$/).waitFor();
  faults.push(...(await faultsOfEachLook(page, 'before the generation')));

  await generate(page);
  await progressTitle(page).waitFor();
  await page.getByText(/^(Журнал|Log)$/).click();
  faults.push(...(await faultsOfEachLook(page, 'in progress, with its log')));
  await page.getByRole('button', { name: /^(Отменить создание|Cancel generation)$/ }).click();
  faults.push(...(await faultsOfEachLook(page, 'the question before cancelling')));
  await page.keyboard.press('Escape');
  await page.goto('/account');
  faults.push(...(await faultsOfEachLook(page, 'the account, with a course in flight')));
  await page.goto(`/courses/${slug}`);

  const worker = await site.startWorker();
  await finished(page);
  await worker.stop();
  faults.push(...(await faultsOfEachLook(page, 'a finished course')));
  await page.goto('/courses');
  faults.push(...(await faultsOfEachLook(page, 'my courses')));
  await page.goto('/courses/deleted');
  await page.getByRole('heading', { name: /^(Удалённых курсов нет|No deleted courses)$/ }).waitFor();
  faults.push(...(await faultsOfEachLook(page, 'no deleted courses')));
  await createCourse(page, 'Лишний');
  await page.getByRole('button', { name: /^(Удалить курс|Delete course)$/ }).click();
  await page.getByRole('button', { name: /^(Вернуть|Undo)$/ }).waitFor();
  faults.push(...(await faultsOfEachLook(page, 'my courses, with a course just deleted')));
  await page.goto('/courses/deleted');
  faults.push(...(await faultsOfEachLook(page, 'deleted courses')));
  await page.getByRole('button', { name: /^(Удалить навсегда|Delete forever)/ }).click();
  await page.getByRole('alertdialog').waitFor();
  faults.push(...(await faultsOfEachLook(page, 'the question before deleting for good')));
  await page.goto(`/courses/${slug}/lessons/1`);
  faults.push(...(await faultsOfEachLook(page, 'a lesson')));
  await page
    .getByRole('button', { name: /^(Открыть источник 1|Open source 1)/ })
    .first()
    .click();
  faults.push(...(await faultsOfEachLook(page, 'a source')));
  await page.goto(`/courses/${slug}/glossary`);
  faults.push(...(await faultsOfEachLook(page, 'the glossary')));
  expect(faults).toEqual([]);
});

test('the main way works by keyboard alone', async (context) => {
  const page = await visit(site, context);
  await signInAs(site, page);
  await page.goto('/courses/new');
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').textContent()).toBe('Перейти к содержанию');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Только клавиатура');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/courses\/tolko-klaviatura-/);
  const button = page.getByRole('button', { name: 'Сгенерировать курс' });
  await button.waitFor();
  for (
    let presses = 0;
    presses < 30 && !(await button.evaluate((node) => node === document.activeElement));
    presses++
  ) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await progressTitle(page).waitFor();
});
