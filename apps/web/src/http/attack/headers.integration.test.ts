import type { TestUser } from '@megacampus/test-kit/users';
import { beforeAll, describe, expect, test } from 'vitest';
import { readableCourse } from '../../../e2e/readable-course.ts';
import { runWeb } from '../../../testing/run-web.ts';
import { callAction, formBody } from '../../../testing/server-actions.ts';
import { sessionCookie } from '../../../testing/session-cookie.ts';

/** What every answer tells the browser to defend, whatever answers: a page, a file, an error, Next itself. */
const web = runWeb();

const SHARE = 'b'.repeat(64);
let user: TestUser;
let slug: string;
const cookies: { user: string; admin: string } = { user: '', admin: '' };

beforeAll(async () => {
  user = await web().user('PREMIUM');
  const admin = await web().user('FREE');
  await web().service.from('user_profiles').update({ role: 'admin' }).eq('id', admin.userId);
  const course = await readableCourse(web(), user);
  ({ slug } = course);
  await web().service.from('course_shares').insert({ course_id: course.id, token: SHARE });
  cookies.user = await sessionCookie(web().stack, user);
  cookies.admin = await sessionCookie(web().stack, admin);
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(web().app.url + path, { headers, redirect: 'manual' });

type Who = 'nobody' | 'user' | 'admin';
const PAGES: readonly [Who, string, number][] = [
  ['nobody', '/', 200],
  ['nobody', '/sign-in', 200],
  ['nobody', '/sign-up', 200],
  ['nobody', '/forgot-password', 200],
  ['nobody', '/reset-password', 200],
  ['nobody', '/auth/confirm?token_hash=x&type=recovery', 200],
  ['nobody', '/nothing', 404],
  ['nobody', '/%E0%A4%A', 404],
  ['nobody', '/favicon.ico', 404],
  ['nobody', '/icon.svgx', 404],
  ['nobody', `/share/${SHARE}`, 200],
  ['nobody', `/share/${SHARE}/lessons/1`, 200],
  ['nobody', `/share/${SHARE}/glossary`, 200],
  ['nobody', '/share/unknown', 404],
  ['nobody', '/admin', 404],
  ['user', '/courses', 200],
  ['user', '/account', 200],
  ['user', '/courses/new', 200],
  ['user', '/courses/deleted', 200],
  ['user', '/courses/{slug}', 200],
  ['user', '/courses/{slug}/lessons/1', 200],
  ['user', '/courses/{slug}/lessons/1/edit', 200],
  ['user', '/courses/{slug}/lessons/1/versions', 200],
  ['user', '/courses/{slug}/lessons/99', 404],
  ['user', '/courses/{slug}/glossary', 200],
  ['user', '/courses/{slug}/print', 200],
  ['user', '/courses/unknown', 404],
  ['user', '/courses/a%00b', 404],
  ['admin', '/admin', 200],
  ['admin', '/admin/users', 200],
  ['admin', '/admin/events', 200],
  ['admin', '/admin/generations', 200],
  ['admin', '/admin/generations/unknown', 404],
  ['admin', '/admin/generations/%00', 404],
];

const headersOf = (who: Who): Record<string, string> => (who === 'nobody' ? {} : { cookie: cookies[who] });

test.each(PAGES)('a page for %s runs no script but its own: %s', async (who, path, status) => {
  const response = await get(path.replace('{slug}', slug), headersOf(who));
  expect(response.status).toBe(status);
  expectDefended(response);
  const policy = new Map(
    (response.headers.get('content-security-policy') ?? '').split('; ').map((directive) => {
      const [name = '', ...values] = directive.split(' ');
      return [name, values] as const;
    }),
  );
  const nonce = policy.get('script-src')?.find((value) => value.startsWith("'nonce-")) ?? '';
  expect(policy.get('script-src')).toEqual(["'self'", nonce, "'strict-dynamic'"]);
  expect(nonce.length).toBeGreaterThan(30);
  expect(policy.get('object-src')).toEqual(["'none'"]);
  expect(policy.get('base-uri')).toEqual(["'self'"]);
  expect(policy.get('form-action')).toEqual(["'self'"]);
  const html = await response.text();
  const scripts = html.match(/<script[^>]*>/g) ?? [];
  expect(scripts.length).toBeGreaterThan(0);
  expect(scripts.filter((tag) => !tag.includes(nonce.replace(/^'nonce-|'$/g, '')))).toEqual([]);
  expect(html.replaceAll(/"[^"]*"/g, '')).not.toMatch(/<[a-z][^>]*\son[a-z]+=/i);
  expect(response.headers.get('cache-control')).toContain('no-store');
});

test.each([
  '/api/health',
  '/api/openapi.json',
  '/api/nothing',
  '/api/courses/%E0%A4%A/check-status',
  '/api/courses/a%00b/events',
  '/_next/static/nothing.js',
  '/_next/image?url=http%3A%2F%2F169.254.169.254%2F&w=64&q=75',
  '/icon.svg',
  '//evil.test/',
  '/courses/',
])('what is no page is nothing to a browser that opens it: %s', async (path) => {
  const response = await get(path, { authorization: `Bearer ${user.accessToken}` });
  expect(response.status).toBeLessThan(path === '/api/health' ? 504 : 500);
  expectDefended(response);
  expect(response.headers.get('content-security-policy')).toMatch(/default-src '(none|self)'/);
});

function expectDefended({ headers }: Response): void {
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(Object.fromEntries(headers)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('access-control-allow-origin')).toBeNull();
}

test('over https, and only there, browsers are told to stay with it', async () => {
  for (const path of ['/', '/nothing', '/api/openapi.json', '/_next/static/nothing.js', '//evil.test/']) {
    const secure = await get(path, { 'x-forwarded-proto': 'https' });
    expect(secure.headers.get('strict-transport-security'), path).toBe('max-age=31536000');
    expect((await get(path)).headers.get('strict-transport-security'), path).toBeNull();
  }
});

describe('cookies', () => {
  const signInWith = (headers: Record<string, string>) =>
    callAction(web().app, 'signIn', {
      path: '/sign-in',
      headers: { origin: web().app.url, ...headers },
      body: formBody({ email: user.email, password: user.password }),
    });

  test('the session is for our server alone: no script reads it, no other site sends it, and https keeps it', async () => {
    for (const [headers, isSecure] of [
      [{}, false],
      [{ 'x-forwarded-proto': 'https' }, true],
    ] as const) {
      const answer = await signInWith(headers);
      const set = answer.headers.getSetCookie().filter((one) => one.startsWith('megacampus-'));
      expect(set.length).toBeGreaterThan(0);
      for (const cookie of set) {
        expect(cookie).toMatch(/; HttpOnly/i);
        expect(cookie).toMatch(/; SameSite=lax/i);
        expect(/; Secure/i.test(cookie)).toBe(isSecure);
      }
    }
  });

  test('so is a session that was renewed on the way', async () => {
    const cookie = await sessionCookie(web().stack, user, { expired: true });
    for (const path of ['/courses', `/api/courses/${slug}/check-status`]) {
      const fresh = path === '/courses' ? cookie : await sessionCookie(web().stack, user, { expired: true });
      const set = (await get(path, { cookie: fresh, 'x-forwarded-proto': 'https' })).headers.getSetCookie();
      const session = set.filter((one) => /^megacampus-session[^=]*=base64/.test(one));
      expect(session.length, path).toBeGreaterThan(0);
      for (const one of session) expect(one).toMatch(/(?=.*; HttpOnly)(?=.*; Secure)(?=.*; SameSite=lax)/i);
    }
  });
});

test.each([
  '//evil.test',
  'https://evil.test',
  '/\\evil.test',
  '/%5cevil.test',
  '/%09/evil.test',
  'javascript:alert(1)',
])('nobody is sent elsewhere by ?next=%s, neither signed in already nor signing in', async (next) => {
  const answers = [
    await get(`/sign-in?next=${encodeURIComponent(next)}`, headersOf('user')),
    await get(`/sign-up?next=${encodeURIComponent(next)}`, headersOf('user')),
  ];
  for (const response of answers) {
    expect(response.status).toBe(307);
    expect(new URL(response.headers.get('location') ?? '', web().app.url).origin).toBe(web().app.url);
  }
});

test.each([
  '//evil.test/',
  '/\\evil.test/',
  '///evil.test//',
  '/%2f%2fevil.test/',
  '/%5cevil.test/',
  '/courses//evil.test/',
])('a path that is put right stays on this site: %s', async (path) => {
  const location = (await get(path)).headers.get('location') ?? '/';
  expect(new URL(location, web().app.url).origin).toBe(web().app.url);
});

test('the way into Bull Board leads to the configured place with a ticket that is no one else’s to see', async () => {
  const response = await get('/admin/queues?job=https://evil.test', headersOf('admin'));
  expect(response.status).toBe(303);
  expect(new URL(response.headers.get('location') ?? '').hostname).toBe('127.0.0.1');
  expect(response.headers.get('cache-control')).toBe('no-store');
});
