import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDataDir } from './lock.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'megacampus-lock-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

test('a data folder in use is refused, and free again afterwards', () => {
  const unlock = lockDataDir(dataDir);
  expect(() => lockDataDir(dataDir)).toThrow(`already running on ${dataDir} (process ${process.pid})`);
  unlock();
  lockDataDir(dataDir)();
});

test('a lock whose owner is gone is taken over, also when its pid has been given to another process', () => {
  const path = join(dataDir, 'supervisor.lock');
  writeFileSync(path, JSON.stringify({ pid: 2 ** 22 - 1, born: '1' }));
  lockDataDir(dataDir)();
  writeFileSync(path, JSON.stringify({ pid: process.pid, born: 'another time' }));
  lockDataDir(dataDir);
  expect(JSON.parse(readFileSync(path, 'utf8')).pid).toBe(process.pid);
  writeFileSync(path, 'half a fi');
  lockDataDir(dataDir)();
});
