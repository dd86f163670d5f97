import { clientFor, createCourse, type TestUser } from '@megacampus/test-kit/users';
import { afterAll, beforeAll, test } from 'vitest';
import { LECTURE } from './lecture.ts';
import { type Site, sharedSite } from './site.ts';
import { signInAs } from './steps.ts';
import { visit } from './visit.ts';

let site: Site;
beforeAll(async () => {
  site = await sharedSite();
});
afterAll(() => site?.close());

const service = () => clientFor(site.stack, site.stack.serviceKey);

/** A course with these documents, of which no file is asked for. */
async function courseWith(user: TestUser, names: string[]) {
  const course = await createCourse(site.stack, user, { title: 'Документы' });
  const rows = names.map((name) => ({
    course_id: course.id,
    name,
    size_bytes: 12,
    type: 'md',
    path: `${user.userId}/${course.id}/${name}`,
  }));
  await service().from('course_documents').insert(rows).throwOnError();
  return course;
}

const markUnreadable = (courseId: string, name: string) =>
  service()
    .from('course_documents')
    .update({ status: 'failed', error: 'no_text' })
    .eq('course_id', courseId)
    .eq('name', name)
    .throwOnError();

test('a page with documents that could not be read says so, and what that means, in place of: everything is ready', async (context) => {
  const page = await visit(site, context);
  const user = await signInAs(site, page, 'STANDARD');
  const course = await courseWith(user, ['a.md', 'b.md']);
  const heading = (name: string) => page.getByRole('heading', { name }).waitFor();
  await page.goto(`/courses/${course.slug}`);
  await heading('Всё готово к созданию');
  await markUnreadable(course.id, 'a.md');
  await page.reload();
  await heading('Не все документы удалось прочитать');
  await page
    .getByText('Курс будет построен по 1 документу; те, что снова не удастся прочитать, будут пропущены.')
    .waitFor();
  await markUnreadable(course.id, 'b.md');
  await page.reload();
  await heading('Ни один документ не удалось прочитать');
  await page.getByText('Замените их другими или удалите: без документов курс строится по описанию.').waitFor();
  for (const name of ['a.md', 'b.md']) {
    await page.getByRole('button', { name: `Удалить ${name}` }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Удалить' }).click();
    await page.getByRole('listitem').filter({ hasText: name }).waitFor({ state: 'detached' });
  }
  await heading('Всё готово к созданию');
});

test('too many unfinished uploads are refused in words, and the file can be sent again later', async (context) => {
  const page = await visit(site, context);
  const user = await signInAs(site, page, 'STANDARD');
  const course = await courseWith(user, []);
  const begun = Array.from({ length: 30 }, (_, index) => ({
    path: `${user.userId}/${course.id}/begun-${index}.md`,
    user_id: user.userId,
    admitted_until: new Date(Date.now() + 3_600_000).toISOString(),
  }));
  await service().from('document_uploads').insert(begun).throwOnError();
  await page.goto(`/courses/${course.slug}`);
  const file = { name: 'лекция.md', mimeType: 'text/markdown', buffer: Buffer.from(LECTURE) };
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByText('Слишком много незавершённых загрузок. Повторите примерно через час.').first().waitFor();
  await service().from('document_uploads').delete().eq('user_id', user.userId).throwOnError();
  await page.getByRole('button', { name: 'Загрузить ещё раз лекция.md' }).click();
  const list = page.getByRole('list', { name: 'Загруженные документы' });
  await list.getByRole('listitem').filter({ hasText: 'лекция.md' }).getByText('Загружен', { exact: true }).waitFor();
});
