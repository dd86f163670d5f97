import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readableCourse } from '../../../e2e/readable-course.ts';
import { callApi, generate } from '../../../testing/call-api.ts';
import { runOwnWeb } from '../../../testing/run-web.ts';
import { callAction, formBody } from '../../../testing/server-actions.ts';
import { sessionCookie } from '../../../testing/session-cookie.ts';

const METRICS_TOKEN = 'a-token-for-the-scraper-only';
const web = runOwnWeb({ METRICS_TOKEN });

/** What nobody outside may ever see, by what it is. */
const secrets = () => {
  const { serviceKey, jwtSecret, adminPassword, webhookSecret, redisUrl, databaseUrl } = web().stack;
  const redis = web().redis.url;
  return { serviceKey, jwtSecret, adminPassword, webhookSecret, redisUrl, redis, databaseUrl, METRICS_TOKEN };
};

/** The names of secrets that `text` has the values of. */
function found(text: string): string[] {
  return Object.entries(secrets()).flatMap(([name, value]) => (text.includes(String(value)) ? [name] : []));
}

/** Variables that only servers read: a bundle that names one has their code in it. */
const SERVER_NAMES =
  /SERVICE_ROLE|SUPABASE_SECRET_KEY|JWT_SECRET|WEBHOOK_SECRET|REDIS_URL|ADMIN_PASSWORD|METRICS_TOKEN|AI_API_KEY|DATABASE_URL/;

test('nothing that browsers are sent of the build has a secret, names one, or is a map of the sources', () => {
  const folder = join(web().app.buildDir, 'static');
  const files = globSync('**/*.*', { cwd: folder });
  expect(files.filter((name) => name.endsWith('.js')).length).toBeGreaterThan(20);
  expect(files.filter((name) => name.endsWith('.map'))).toEqual([]);
  for (const name of files) {
    const text = readFileSync(join(folder, name), 'latin1');
    expect(found(text), name).toEqual([]);
    expect(SERVER_NAMES.exec(text)?.[0], name).toBeUndefined();
  }
});

test('no page of anybody has a secret, and no log line has one, nor anybody’s token, cookie or password', async () => {
  const [user, admin] = [await web().user('PREMIUM'), await web().user()];
  await web().service.from('user_profiles').update({ role: 'admin' }).eq('id', admin.userId);
  const { slug, id } = await readableCourse(web(), user);
  const [own, boss] = [await sessionCookie(web().stack, user), await sessionCookie(web().stack, admin)];
  const pages: [string, string][] = [
    ['', '/'],
    ['', '/sign-in'],
    [own, '/courses'],
    [own, `/courses/${slug}`],
    [own, `/courses/${slug}/lessons/1`],
    [own, `/courses/${slug}/lessons/1/edit`],
    [own, `/courses/${slug}/print`],
    ...['', '/users', '/generations', '/events'].map((path): [string, string] => [boss, `/admin${path}`]),
  ];
  for (const [cookie, path] of pages) {
    const html = await (await fetch(web().app.url + path, { headers: { cookie } })).text();
    expect(html, path).toContain('</html>');
    expect(found(html), path).toEqual([]);
    expect(html.includes(user.accessToken) || html.includes(admin.accessToken), path).toBe(false);
  }

  await generate(web().app.url, user.accessToken, id);
  await generate(web().app.url, 'eyJhbGciOiJIUzI1NiJ9.e30.c2VjcmV0c2VjcmV0', id);
  const body = formBody({ email: user.email, password: user.password });
  await callAction(web().app, 'signIn', { path: '/sign-in', headers: { origin: web().app.url }, body });
  await fetch(`${web().app.url}/api/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
  const log = web().app.lines.join('\n');
  expect(log).toContain('"admission"');
  expect(found(log)).toEqual([]);
  for (const secret of [user.accessToken, user.password, own.slice(0, 200), 'c2VjcmV0c2VjcmV0']) {
    expect(log.includes(secret)).toBe(false);
  }
});

test('errors tell nothing of what is inside, while all is well and while nothing is', async () => {
  const user = await web().user();
  const { slug, id } = await web().course(user);
  const cookie = await sessionCookie(web().stack, user);
  const inside =
    /supabase|postg|redis|ECONN|127\.0\.0\.1:(?!\d+\/sign)|node_modules|\.ts\b|\bat .+:\d+|select |relation|PGRST/i;
  const answers = async () => {
    const { url } = web().app;
    const token = user.accessToken;
    const post = (body: unknown) => callApi(url, 'POST', '/api/coursegen/generate', { token, body });
    return [
      await post({ courseId: "' or 1=1 --" }),
      await post({ courseId: id, webhookUrl: 'https://10.0.0.1/' }),
      await post('{'),
      await callApi(url, 'GET', `/api/courses/${slug}/check-status`, { token }),
      await callApi(url, 'GET', `/api/courses/${slug}/activity`, { token }),
      await callApi(url, 'GET', '/api/courses/a%00b/check-status', { token }),
      await callApi(url, 'POST', `/api/courses/${slug}/lessons/x'y/regenerate`, { token, body: {} }),
    ];
  };
  for (const { status, body } of await answers()) {
    expect(status).toBeLessThan(500);
    expect(JSON.stringify(body)).not.toMatch(inside);
  }
  web().supabase.cut();
  web().redis.cut();
  const failed = await answers();
  const page = await (await fetch(`${web().app.url}/courses`, { headers: { cookie } })).text();
  await Promise.all([web().supabase.restore(), web().redis.restore()]);
  expect(failed.map(({ status }) => status)).toContain(503);
  for (const { body } of failed) expect(JSON.stringify(body)).not.toMatch(inside);
  expect(page).not.toMatch(/ECONN|node_modules|\bat .+\.js:\d+|PGRST|fetch failed/);
  expect(found(page)).toEqual([]);
});
