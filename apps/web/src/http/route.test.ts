import { Fault, PermanentFault, UnavailableFault } from '@megacampus/domain/errors';
import { createLogger } from '@megacampus/log';
import { expect, test } from 'vitest';
import type { Deps } from '../deps.ts';
import { refuse } from './refusal.ts';
import { type Endpoint, route } from './route.ts';

const lines: string[] = [];
const log = createLogger({ name: 'test', level: 'info', destination: { write: (line) => void lines.push(line) } });
const deps = { log } as Deps;

async function answer(endpoint: Endpoint<object>, headers: Record<string, string> = {}) {
  const request = new Request('http://localhost/api/x?token=abc', { headers });
  const response = await route(endpoint, () => deps)(request, { params: Promise.resolve({}) });
  return { response, body: response.body === null ? null : await response.json() };
}

test.each([
  [new UnavailableFault('redis', new Error('ECONNREFUSED 10.0.0.7:6379')), 503],
  [new Fault('internal', 'select * from secrets', { retry: false }), 500],
  [new PermanentFault('internal detail'), 500],
  [new Fault('unauthorized', 'our own service key', { retry: false }), 500],
  [new TypeError("Cannot read properties of undefined (reading 'id')"), 500],
  ['a thrown string', 500],
])('%s becomes a body without internals', async (fault, status) => {
  const { response, body } = await answer(() => Promise.reject(fault));
  expect(response.status).toBe(status);
  expect(Object.keys(body)).toEqual(['error', 'requestId']);
  expect(JSON.stringify(body)).not.toMatch(/ECONN|6379|secrets|detail|undefined|string/);
  expect(body.requestId).toBe(response.headers.get('x-request-id'));
  expect(response.headers.get('retry-after')).toBe(status === 503 ? '5' : null);
});

test('a configuration that cannot be read is a 500 like any other', async () => {
  const failing = route(
    async () => new Response(),
    () => {
      throw new Error('SUPABASE_SERVICE_ROLE_KEY is required');
    },
  );
  const response = await failing(new Request('http://localhost/'), { params: Promise.resolve({}) });
  expect(response.status).toBe(500);
  expect(await response.json()).toMatchObject({ error: 'Internal server error' });
});

test('the closing line says what the endpoint has learned, also when it fails', async () => {
  const endings: Endpoint<object>[] = [async () => Response.json({}), () => Promise.reject(new TypeError('x'))];
  for (const ending of endings) {
    await answer(async (call, own) => {
      call.learn({ userId: 'u', courseId: 'c' });
      call.learn({ generationId: 'g' });
      return await ending(call, own);
    });
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      ...{ msg: 'request', requestId: expect.any(String) },
      ...{ userId: 'u', courseId: 'c', generationId: 'g' },
    });
  }
});

test('a refusal becomes the error body of its status, with details and headers', async () => {
  const { response, body } = await answer(async () =>
    refuse('limit_reached', 'Too many', { details: { n: 1 }, retryAfterS: 30 }),
  );
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '30']);
  expect(body).toEqual({ error: 'Too many', details: { n: 1 }, requestId: expect.any(String) });
});

test("a sane request id of the caller's is kept, any other is replaced", async () => {
  const idFor = async (given: string) => {
    const { response } = await answer(async () => Response.json({}), { 'x-request-id': given });
    return response.headers.get('x-request-id');
  };
  expect(await idFor('abc-123_X.y:z')).toBe('abc-123_X.y:z');
  expect(await idFor('x'.repeat(65))).toMatch(/^[\w-]{21}$/);
  expect(await idFor('<script>')).toMatch(/^[\w-]{21}$/);
});

test('every line of a request carries its id, and none the query', async () => {
  lines.length = 0;
  await answer(
    async ({ log }) => {
      log.info('inside');
      return Response.json({});
    },
    { 'x-request-id': 'r1' },
  );
  const logged = lines.map((line) => JSON.parse(line));
  expect(logged).toHaveLength(2);
  expect(logged.every((line) => line.requestId === 'r1' && line.path === '/api/x')).toBe(true);
  expect(logged[1]).toMatchObject({ msg: 'request', status: 200, durationMs: expect.any(Number) });
});
