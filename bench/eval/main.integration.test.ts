import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startModelServer } from '@megacampus/test-kit/model-server';
import { expect, test } from 'vitest';

async function evaluate(name: string, env: Record<string, string>) {
  const args = [join(import.meta.dirname, 'main.ts'), '--json', '--case', name];
  const noModel = { AI_BASE_URL: '', AI_MODEL: '', AI_API_KEY: '' };
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...noModel, ...env } });
  return JSON.parse(stdout);
}

test('--json prints one object and nothing else', async () => {
  const { engine, cases } = await evaluate('safety-ru-cp1251', {});
  expect(engine).toBe('extractive');
  expect(cases).toEqual([
    {
      name: 'safety-ru-cp1251',
      gatesPassed: expect.any(Number),
      gatesTotal: 2 + 3 + 2 * 15,
      headingCoverage: 1,
      citationValidity: 1,
      duplicateRate: expect.any(Number),
      seconds: expect.any(Number),
      tokens: 0,
      peakMb: expect.any(Number),
    },
  ]);
  expect(cases[0].gatesPassed).toBe(cases[0].gatesTotal);
  expect(cases[0].peakMb).toBeGreaterThan(30);
});

test('with a model configured, it is the model that is measured, with its tokens', async () => {
  await using server = await startModelServer();
  const { engine, cases } = await evaluate('safety-ru-cp1251', { AI_BASE_URL: server.url, AI_MODEL: 'test-model' });
  expect(engine).toBe('test-model');
  expect(server.requests.length).toBeGreaterThan(3);
  expect(cases[0].tokens).toBeGreaterThan(0);
  expect(cases[0].citationValidity).toBe(1);
});
