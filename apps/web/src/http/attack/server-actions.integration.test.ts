import type { TestUser } from '@megacampus/test-kit/users';
import { beforeAll, describe, expect, test } from 'vitest';
import { readableCourse } from '../../../e2e/readable-course.ts';
import { runWeb } from '../../../testing/run-web.ts';
import { callAction, formBody, serverActions } from '../../../testing/server-actions.ts';
import { sessionCookie } from '../../../testing/session-cookie.ts';

/** The actions behind buttons and forms, called without them: by whoever has read their ids in a script. */
const web = runWeb();

const SECRET = 'Тайный текст урока.';
let owner: TestUser;
let attacker: TestUser;
let courseId: string;
let target: Record<'lessonId' | 'questionId' | 'revisionId' | 'documentId' | 'generationId', string>;

beforeAll(async () => {
  [owner, attacker] = [await web().user('PREMIUM'), await web().user('PREMIUM')];
  ({ id: courseId } = await readableCourse(web(), owner, { content: SECRET }));
  const { service } = web();
  const one = async (table: string, match: Record<string, unknown>) =>
    String((await service.from(table).select('id').match(match).limit(1).single()).data?.id);
  const lessonId = await one('lessons', { course_id: courseId, position: 1 });
  const generationId = await one('generations', { course_id: courseId });
  await service.rpc('edit_lesson', {
    p_user_id: owner.userId,
    p_lesson_id: lessonId,
    p_expected_version: 1,
    p_title: 'Новое имя',
    p_content: SECRET,
  });
  const path = `${owner.userId}/${courseId}/a.md`;
  const document = { course_id: courseId, user_id: owner.userId, name: 'a.md', size_bytes: 9, type: 'md', path };
  await service.from('course_documents').insert(document);
  await service.rpc('admit_upload', { p_user_id: owner.userId, p_course_id: courseId, p_path: pathOfUpload() });
  await service.from('course_shares').insert({ course_id: courseId, token: 'a'.repeat(64) });
  target = {
    lessonId,
    generationId,
    questionId: await one('quiz_questions', { lesson_id: lessonId }),
    revisionId: await one('lesson_revisions', { course_id: courseId }),
    documentId: await one('course_documents', { course_id: courseId }),
  };
});

const pathOfUpload = () => `${owner.userId}/${courseId}/soon.md`;

/** Actions that change or tell something, with the arguments that an attacker would give them. */
const ATTACKS: Readonly<Record<string, () => readonly unknown[]>> = {
  changeGlobalLimit: () => [777],
  changeTier: () => [attacker.userId, 'PREMIUM'],
  changeRole: () => [attacker.userId, 'admin'],
  cancelAsAdmin: () => [target.generationId],
  shareCourse: () => [courseId],
  withdrawShare: () => [courseId],
  beginUpload: () => [courseId, { name: 'planted.md', size: 9 }],
  finishUpload: () => [courseId, { name: 'a.md', size: 9, path: `${owner.userId}/${courseId}/a.md` }],
  abandonUpload: () => [pathOfUpload()],
  removeDocument: () => [target.documentId],
  setLessonRead: () => [target.lessonId, true],
  saveQuizAnswers: () => [target.lessonId, { [target.questionId]: [1] }],
  saveLesson: () => [{ lessonId: target.lessonId, expectedVersion: 2, title: 'Захвачено', content: 'захвачено' }],
  restoreRevision: () => [{ lessonId: target.lessonId, revisionId: target.revisionId, expectedVersion: 2 }],
  deleteCourse: () => [courseId, true],
  restoreCourse: () => [courseId],
  eraseCourse: () => [courseId],
};

/** Actions that concern nobody but whoever calls them. */
const OWN = [
  'askForLink',
  'changePassword',
  'chooseLocale',
  'chooseTheme',
  'confirmLink',
  'createCourse',
  'previewLesson',
  'resetPassword',
  'saveProfile',
  'signIn',
  'signOut',
  'signOutEverywhere',
  'signUp',
];

/** All that an attack could change. */
async function state() {
  const tables = [
    'courses',
    'lessons',
    'lesson_progress',
    'lesson_revisions',
    'course_documents',
    'course_shares',
    'document_uploads',
  ];
  const rows = await Promise.all(
    [...tables, 'user_profiles', 'settings', 'admin_actions', 'generations'].map(async (table) => {
      const { data, error } = await web().service.from(table).select('*');
      if (error !== null) throw error;
      return [table, data.map((row) => JSON.stringify(row)).sort()];
    }),
  );
  return Object.fromEntries(rows);
}

test('every server action of the build is tried here', () => {
  expect([...serverActions(web().app).keys()].sort()).toEqual([...Object.keys(ATTACKS), ...OWN].sort());
});

describe.each(['a visitor', 'another user'])('called by %s', (who) => {
  test.each(Object.keys(ATTACKS))('%s changes nothing and tells nothing', async (action) => {
    const cookie = who === 'a visitor' ? {} : { cookie: await sessionCookie(web().stack, attacker) };
    const before = await state();
    expect(before['course_documents']).toHaveLength(1);
    const body = JSON.stringify(ATTACKS[action]?.());
    const { text } = await callAction(web().app, action, { headers: { ...cookie, origin: web().app.url }, body });
    expect(await state()).toEqual(before);
    expect(text).not.toMatch(/тайный|a{64}|"changed"|"saved"|"added"|"restored"|"trashed"/i);
    if (action.startsWith('change') || action === 'cancelAsAdmin') expect(text).toContain('404');
  });
});

test('a session alone, as somebody has who finds a browser open, sets no new password', async () => {
  const cookie = await sessionCookie(web().stack, owner);
  const headers = { cookie, origin: web().app.url };
  const password = 'a-new-password-of-the-thief';
  for (const grant of ['', '; password-reset=x', '; password-reset=eyJhbGciOiJub25lIn0.e30.']) {
    const body = formBody({ password, repeated: password, confirm: password, token_hash: 'x', type: 'recovery' });
    await callAction(web().app, 'resetPassword', {
      path: '/reset-password',
      headers: { ...headers, cookie: cookie + grant },
      body,
    });
  }
  const body = formBody({ current: 'a guess', password, repeated: password });
  await callAction(web().app, 'changePassword', { path: '/account', headers, body });
  // With the old password.
  await expect(sessionCookie(web().stack, owner)).resolves.toContain('megacampus-session');
});

test('the owner can do all that: the attacks above fail for want of rights', async () => {
  const cookie = await sessionCookie(web().stack, owner);
  const body = JSON.stringify(ATTACKS['setLessonRead']?.());
  const { text } = await callAction(web().app, 'setLessonRead', { headers: { cookie, origin: web().app.url }, body });
  expect(text).toContain('1:true');
});

describe('a request that a page of somebody else makes with the cookie of the owner is refused', () => {
  test.each([
    ['another origin', { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' }],
    ['a browser that tells no origin', { 'sec-fetch-site': 'cross-site' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['a sister domain', { origin: 'http://sister.127.0.0.1.nip.test', 'sec-fetch-site': 'same-site' }],
    ['nowhere', {}],
  ])('from %s', async (_, headers) => {
    const cookie = await sessionCookie(web().stack, owner);
    const before = await state();
    const answer = await callAction(web().app, 'withdrawShare', {
      headers: { cookie, ...headers },
      body: JSON.stringify([courseId]),
    });
    expect(answer.status).toBe(403);
    // As a form that works without scripts does it.
    const form = new FormData();
    form.append(`$ACTION_ID_${serverActions(web().app).get('signOut')}`, '');
    const posted = await fetch(`${web().app.url}/`, { method: 'POST', headers: { cookie, ...headers }, body: form });
    expect([posted.status, posted.headers.getSetCookie()]).toEqual([403, []]);
    expect(await state()).toEqual(before);
  });
});

test.each([
  ['no JSON', '{"'],
  ['deep', '['.repeat(100_000)],
  ['a way up the prototypes', '["$1:__proto__:then"]'],
  ['a promise made by hand', '{"then":"$1:__proto__:then","status":"resolved_model","value":"{}"}'],
  ['a prototype', '[{"__proto__":{"isAdmin":true}}]'],
  ['arguments of other kinds', '[null,[],{"name":5}]'],
  ['more than fits', JSON.stringify(['x'.repeat(2_000_000)])],
])('arguments that are %s end in an error without details, and the server goes on', async (_, body) => {
  const headers = { cookie: await sessionCookie(web().stack, attacker), origin: web().app.url };
  for (const action of ['shareCourse', 'beginUpload', 'saveLesson', 'saveQuizAnswers']) {
    const { text } = await callAction(web().app, action, { headers, body });
    expect(text).not.toMatch(/ at |node_modules|\.ts|stack|SyntaxError|RangeError/);
  }
  expect((await fetch(`${web().app.url}/api/openapi.json`)).status).toBe(200);
});

test('a text made to keep the Markdown parser busy is previewed at once, and nobody waits for it', async () => {
  const headers = { cookie: await sessionCookie(web().stack, attacker), origin: web().app.url };
  for (const sign of ['>', '[', '1. ', '*a', 'a$ $']) {
    const body = JSON.stringify([sign.repeat(Math.floor(100_000 / sign.length))]);
    const [preview, other] = await Promise.all([
      callAction(web().app, 'previewLesson', { headers, body }),
      fetch(`${web().app.url}/api/openapi.json`, { signal: AbortSignal.timeout(10_000) }),
    ]);
    expect([preview.status, other.status]).toEqual([200, 200]);
    expect(preview.text).toContain(sign.trim());
  }
});
