import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repositoryDir } from '../paths.ts';
import { freePort } from '../ports.ts';
import { isAlive } from '../process/child.ts';
import { readStackFile, type StackFile } from '../stack-file.ts';

const READY_TIMEOUT_MS = 300_000;
const dataDir = mkdtempSync(join(tmpdir(), 'megacampus-start-'));
const ports: Record<string, string> = {};
let start: ReturnType<typeof run>;
const started: ChildProcess[] = [];

function run(env: Record<string, string> = {}): { child: ChildProcess; output: () => string } {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [join(repositoryDir, 'packages/stack/src/cli/start.ts')], {
    env: { PATH, HOME, MEGACAMPUS_DATA_DIR: dataDir, ...ports, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      text += data;
    });
  }
  return { child, output: () => text };
}

const stackIfUp = (): StackFile | null => (existsSync(join(dataDir, 'stack.json')) ? readStackFile(dataDir) : null);

beforeAll(async () => {
  for (const name of ['WEB_PORT', 'ADMIN_PORT', 'SUPABASE_PORT', 'POSTGRES_PORT', 'REDIS_PORT']) {
    ports[name] = String(await freePort());
  }
  start = run();
  while (start.child.exitCode === null && stackIfUp() === null)
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect(stackIfUp(), start.output()).not.toBeNull();
}, READY_TIMEOUT_MS);

afterAll(async () => {
  for (const child of started.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  rmSync(dataDir, { recursive: true, force: true });
}, 30_000);

test('once everything answers, the stack file says where it is, and so does the terminal', async () => {
  const stack = readStackFile(dataDir);
  for (const pid of Object.values(stack.pids)) expect(isAlive(pid ?? 0)).toBe(true);
  expect((await fetch(stack.webUrl)).status).toBe(200);
  expect((await fetch(`${stack.adminUrl}/healthz`)).status).toBe(200);
  expect(stack.demoUsers.map(({ tier, role }) => `${tier} ${role}`)).toEqual([
    'FREE user',
    'BASIC user',
    'STANDARD user',
    'TRIAL user',
    'PREMIUM user',
    'PREMIUM admin',
  ]);
  await expect.poll(start.output).toContain('Ctrl-C stops everything');
  expect(start.output()).toContain(stack.webUrl);
  expect(start.output()).toContain('premium@demo.megacampus.test');
  expect(start.output()).not.toContain(stack.serviceKey);
});

test('the premium demo user has a course with a document', async () => {
  const { supabaseUrl, serviceKey, demoUsers } = readStackFile(dataDir);
  const premium = demoUsers.find(({ email }) => email.startsWith('premium@'));
  const query = `user_id=eq.${premium?.userId}&select=name,courses(title)`;
  const answer = await fetch(`${supabaseUrl}/rest/v1/course_documents?${query}`, { headers: { apikey: serviceKey } });
  expect(await answer.json()).toEqual([
    { name: 'Введение в базы данных.md', courses: { title: 'Введение в базы данных' } },
  ]);
});

test.each(['worker', 'web', 'redis', 'supabase', 'postgres'] as const)(
  'a killed %s is started again and the stack file tells its new pid',
  async (name) => {
    const before = readStackFile(dataDir).pids[name];
    process.kill(before ?? 0, 'SIGKILL');
    const pidNow = () => {
      const pid = readStackFile(dataDir).pids[name];
      return pid !== null && pid !== before && isAlive(pid);
    };
    await expect.poll(pidNow, { timeout: 60_000 }).toBe(true);
  },
  70_000,
);

test('a second start on the same data folder is refused, before it touches anything', async () => {
  const second = run();
  const [code] = await once(second.child, 'exit');
  expect(code).toBe(1);
  expect(second.output()).toContain(`already running on ${dataDir}`);
  expect(stackIfUp()).not.toBeNull();
});

test('a port in use is told with the variable that sets it, before anything is started', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? String(address?.port) : '';
  const other = mkdtempSync(join(tmpdir(), 'megacampus-start-'));
  const second = run({ MEGACAMPUS_DATA_DIR: other, REDIS_PORT: port });
  const [code] = await once(second.child, 'exit');
  server.close();
  expect(code).toBe(1);
  expect(second.output()).toContain(`Port ${port} (redis) is in use`);
  expect(second.output()).toContain('REDIS_PORT');
  expect(second.output()).toContain('WEB_PORT');
  expect(existsSync(join(other, 'postgres'))).toBe(false);
  rmSync(other, { recursive: true });
});

test('servers of others are used by variables alone: nothing local is started, and a database without our schema is told', async () => {
  const { supabaseUrl, databaseUrl, redisUrl, publishableKey, serviceKey } = readStackFile(dataDir);
  const other = mkdtempSync(join(tmpdir(), 'megacampus-start-'));
  const hosted = {
    ...{ MEGACAMPUS_DATA_DIR: other, WEB_PORT: String(await freePort()), ADMIN_PORT: String(await freePort()) },
    ...{ SUPABASE_URL: supabaseUrl, DATABASE_URL: String(databaseUrl), REDIS_URL: redisUrl },
    ...{ NEXT_PUBLIC_SUPABASE_ANON_KEY: publishableKey, SUPABASE_SERVICE_ROLE_KEY: serviceKey },
  };
  const bare = run({ ...hosted, SUPABASE_URL: `${supabaseUrl}/no-project` });
  expect(await once(bare.child, 'exit')).toEqual([1, null]);
  expect(bare.output()).toContain('supabase@3 db push');

  const second = run(hosted);
  await expect.poll(() => existsSync(join(other, 'stack.json')), { timeout: 60_000 }).toBe(true);
  const { webUrl, pids } = readStackFile(other);
  expect((await fetch(`${webUrl}/api/health`)).status).toBe(200);
  expect(pids).toMatchObject({ redis: null, postgres: null, supabase: null });
  second.child.kill('SIGINT');
  expect(await once(second.child, 'exit')).toEqual([0, null]);
  expect(isAlive(pids.worker ?? 0) || isAlive(pids.web ?? 0)).toBe(false);
  rmSync(other, { recursive: true });
}, 90_000);

test('SIGTERM stops every process within ten seconds, and the stack file goes', async () => {
  const { pids } = readStackFile(dataDir);
  const asked = performance.now();
  start.child.kill('SIGTERM');
  const [code] = await once(start.child, 'exit');
  expect(performance.now() - asked).toBeLessThan(10_000);
  expect(code).toBe(0);
  for (const pid of Object.values(pids)) expect(isAlive(pid ?? 0)).toBe(false);
  expect(stackIfUp()).toBeNull();
});
