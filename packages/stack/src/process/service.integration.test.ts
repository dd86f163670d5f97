import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAlive } from './child.ts';
import { createNursery, type Nursery } from './nursery.ts';
import { keepRunning, startOnce } from './service.ts';

const lines: string[] = [];
const log = (_source: string, line: string) => void lines.push(line);
let nursery: Nursery;

beforeEach(() => {
  lines.length = 0;
  nursery = createNursery(log);
});
afterEach(() => nursery.close());

const start = (script: string) => () =>
  nursery.spawn({ name: 'tiny', command: process.execPath, args: ['-e', script] });
const forEver = 'setInterval(() => {}, 1000)';
const backoff = { firstMs: 20, maxMs: 80, healthyMs: 60_000 };
const options = { log, onChange: () => undefined, isStopping: () => false, backoff };

test('a child that is killed is started again, and every change of pid is told', async () => {
  let changes = 0;
  const service = await keepRunning({ ...options, onChange: () => (changes += 1) })('worker', start(forEver));
  const first = service.pid();
  process.kill(first ?? 0, 'SIGKILL');
  await expect.poll(() => service.pid()).not.toBe(first);
  await expect.poll(() => service.pid()).toBeGreaterThan(0);
  expect(changes).toBe(2);
  await service.stop();
  expect(service.pid()).toBeNull();
});

test('the pause grows while a child keeps dying, up to its cap', async () => {
  const service = await keepRunning(options)('worker', start('process.exit(3)'));
  const pauses = () => lines.flatMap((line) => line.match(/exit code 3\); starting it again in (\d+) ms/)?.[1] ?? []);
  await expect.poll(() => pauses().length, { timeout: 10_000 }).toBeGreaterThan(4);
  await service.stop();
  expect(pauses().slice(0, 5)).toEqual(['20', '40', '80', '80', '80']);
});

test('a service that is stopped stays stopped', async () => {
  const service = await keepRunning(options)('worker', start(forEver));
  const pid = service.pid() ?? 0;
  await service.stop();
  await new Promise((resolve) => setTimeout(resolve, backoff.maxMs * 2));
  expect(isAlive(pid)).toBe(false);
  expect(service.pid()).toBeNull();
});

test('a first start that fails is an error, a later one is tried again', async () => {
  const keep = keepRunning(options);
  await expect(keep('worker', () => Promise.reject(new Error('no such program')))).rejects.toThrow('no such program');
  let attempts = 0;
  const flaky = () => {
    attempts += 1;
    return attempts === 2 ? Promise.reject(new Error('port still taken')) : start(forEver)();
  };
  const service = await keep('worker', flaky);
  process.kill(service.pid() ?? 0, 'SIGKILL');
  await expect.poll(() => (attempts === 3 ? service.pid() : null)).toBeGreaterThan(0);
  expect(lines.join('\n')).toContain('did not start: port still taken');
});

test('without a supervisor a dead child stays dead', async () => {
  const service = await startOnce('worker', start(forEver));
  process.kill(service.pid() ?? 0, 'SIGKILL');
  await expect.poll(() => service.pid()).toBeNull();
});
