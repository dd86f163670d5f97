import { createUploadStore } from '@megacampus/db/uploads';
import { clientFor, type TestUser } from '@megacampus/test-kit/users';
import { beforeAll, expect, test } from 'vitest';
import { readableCourse } from '../../../e2e/readable-course.ts';
import { callApi } from '../../../testing/call-api.ts';
import { runWeb } from '../../../testing/run-web.ts';
import { sessionCookie } from '../../../testing/session-cookie.ts';

/** What one user can reach of another's through the web app. Rows and files themselves: packages/db. */
const web = runWeb();

const SECRET = 'Тайна этого урока.';
const FILE = '<h1>Тайна этого файла</h1><script>alert(1)</script>';
let owner: TestUser;
let attacker: TestUser;
let slug: string;
let lessonId: string;
let documentId: string;
const cookies = { owner: '', attacker: '' };

beforeAll(async () => {
  [owner, attacker] = [await web().user('PREMIUM'), await web().user('PREMIUM')];
  const course = await readableCourse(web(), owner, { content: SECRET, title: 'Тайна заголовка' });
  ({ slug } = course);
  const { data } = await web()
    .service.from('lessons')
    .select('id')
    .eq('course_id', course.id)
    .eq('position', 1)
    .single();
  lessonId = data?.id;
  const mine = clientFor(web().stack, web().stack.publishableKey, owner.accessToken);
  const path = `${owner.userId}/${course.id}/a.html`;
  const bytes = new TextEncoder().encode(FILE);
  await createUploadStore(web().service).admit(owner.userId, course.id, path);
  const stored = await mine.storage.from('course-documents').upload(path, bytes, { contentType: 'text/html' });
  if (stored.error !== null) throw stored.error;
  const document = { course_id: course.id, name: 'a"\r\nset-cookie: x=y;.html', size_bytes: 1, type: 'html', path };
  const added = await mine.from('course_documents').insert(document).select('id').single();
  if (added.error !== null) throw added.error;
  documentId = added.data.id;
  cookies.owner = await sessionCookie(web().stack, owner);
  cookies.attacker = await sessionCookie(web().stack, attacker);
});

const fetchAs = (cookie: string, path: string) =>
  fetch(web().app.url + path, { headers: { cookie }, redirect: 'manual' });

test.each(['', '/lessons/1', '/lessons/1/edit', '/lessons/1/versions', '/glossary', '/print'])(
  'the page of a course%s is for its owner; to others it does not exist, and visitors are asked to sign in',
  async (rest) => {
    const path = `/courses/${slug}${rest}`;
    const own = await fetchAs(cookies.owner, path);
    expect(own.status).toBe(200);
    expect(await own.text()).toContain('Тайна');
    const other = await fetchAs(cookies.attacker, path);
    expect(other.status).toBe(404);
    expect(await other.text()).not.toContain('Тайна');
    const visitor = await fetchAs('', path);
    expect(visitor.status).toBe(307);
    expect(visitor.headers.get('location')).toMatch(/^\/sign-in\?next=%2Fcourses%2F/);
    expect(await visitor.text()).not.toContain('Тайна');
    // What the browser asks for when it moves within the app.
    for (const cookie of [cookies.attacker, '']) {
      const headers = { cookie, rsc: '1', 'next-router-prefetch': '1' };
      const parts = await fetch(web().app.url + path, { headers, redirect: 'follow' });
      expect(await parts.text()).not.toContain('Тайна');
    }
  },
);

test('a document is downloaded by its owner alone, as a file that no browser shows, whatever its name', async () => {
  const path = `/courses/${slug}/documents/${documentId}`;
  for (const query of ['', '?view=pdf']) {
    const own = await fetchAs(cookies.owner, path + query);
    expect(own.status).toBe(200);
    expect(await own.text()).toBe(FILE);
    expect(own.headers.get('content-type')).toBe('application/octet-stream');
    expect(own.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''[\w.%;-]+$/);
    expect(own.headers.getSetCookie()).toEqual([]);
    for (const cookie of [cookies.attacker, '']) {
      const other = await fetchAs(cookie, path + query);
      expect([other.status, await other.text()]).toEqual([404, '']);
    }
  }
  for (const id of ['x', '%00', '..%2f..', `${documentId}%00`]) {
    expect((await fetchAs(cookies.owner, `/courses/${slug}/documents/${id}`)).status, id).toBe(404);
  }
});

test.each([
  ['GET', 'check-status'],
  ['GET', 'events'],
  ['GET', 'activity'],
  ['GET', 'cancel'],
  ['POST', 'cancel'],
  ['POST', 'lessons/{lesson}/regenerate'],
])('%s %s tells a stranger nothing and does nothing', async (method, what) => {
  const path = `/api/courses/${slug}/${what.replace('{lesson}', lessonId)}`;
  const body = method === 'POST' ? { body: {} } : {};
  const other = await callApi(web().app.url, method, path, { token: attacker.accessToken, ...body });
  expect([other.status, other.body.error]).toEqual([403, 'Forbidden: You do not have access to this course']);
  expect((await callApi(web().app.url, method, path, body)).status).toBe(401);
  const { count } = await web().service.from('generations').select('*', { count: 'exact', head: true });
  expect(count).toBe(1);
});

test.each(['check-status', 'events', 'activity', 'cancel'])(
  'GET %s with the owner’s cookie, caused by a page of another site, is refused',
  async (what) => {
    for (const site of ['cross-site', 'same-site']) {
      const headers = { cookie: cookies.owner, 'sec-fetch-site': site };
      const answer = await callApi(web().app.url, 'GET', `/api/courses/${slug}/${what}`, { headers });
      expect(answer.status).toBe(403);
    }
  },
);
