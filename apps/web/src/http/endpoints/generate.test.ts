import { createLogger } from '@megacampus/log';
import { expect, test } from 'vitest';
import type { Deps } from '../../deps.ts';
import { route } from '../route.ts';
import { generate } from './generate.ts';

const log = createLogger({ name: 'test', level: 'silent' });

/** Only what is looked at before anybody is asked who they are. */
async function post(env: Partial<Deps['env']>): Promise<{ status: number; body: unknown }> {
  const deps = { log, env: { WEBHOOK_ALLOW_PRIVATE: false, ...env } } as Deps;
  const body = JSON.stringify({ courseId: crypto.randomUUID(), webhookUrl: 'https://example.com/hook' });
  const headers = { 'content-type': 'application/json' };
  const request = new Request('http://localhost/api/coursegen/generate', { method: 'POST', headers, body });
  const response = await route(generate, () => deps)(request, { params: Promise.resolve({}) });
  return { status: response.status, body: await response.json() };
}

test('a webhook is refused where no secret is set and so none would be sent', async () => {
  expect(await post({})).toMatchObject({
    status: 400,
    body: { details: [{ path: ['webhookUrl'], code: 'webhooks_off' }] },
  });
  // Further on it would need servers, which are not here.
  expect(await post({ WEBHOOK_SECRET: 'a secret of sixteen' })).toMatchObject({ status: 500 });
});
