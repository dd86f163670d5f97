import { MAX_BODY_BYTES } from '@megacampus/domain/api';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { readJson } from './read-json.ts';

const schema = z.strictObject({ text: z.string() });

function post(body: BodyInit | ReadableStream, headers: Record<string, string> = {}): Request {
  return new Request('http://localhost/', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
    duplex: 'half',
  } as RequestInit);
}

/** A body of exactly this many bytes. */
function bodyOf(sizeBytes: number): string {
  return `{"text":"${'x'.repeat(sizeBytes - '{"text":""}'.length)}"}`;
}

test('a body of exactly 16 KB is read', async () => {
  expect(await readJson(post(bodyOf(MAX_BODY_BYTES)), schema)).toMatchObject({ kind: 'body' });
});

test('a body of one byte more is too large', async () => {
  const answer = await readJson(post(bodyOf(MAX_BODY_BYTES + 1)), schema);
  expect(answer).toMatchObject({ kind: 'refusal', code: 'payload_too_large' });
});

test('a body is too large by what arrives, whatever Content-Length says', async () => {
  const request = post(new Blob([bodyOf(MAX_BODY_BYTES * 4)]).stream(), { 'content-length': '10' });
  expect(await readJson(request, schema)).toMatchObject({ code: 'payload_too_large' });
});

test('a body that announces too much is refused before it is read', async () => {
  const request = post(new ReadableStream({ pull: () => new Promise(() => {}) }), { 'content-length': '17000' });
  expect(await readJson(request, schema)).toMatchObject({ code: 'payload_too_large' });
});

test('a body that never ends is given up after a second', async () => {
  const startedAt = performance.now();
  const answer = await readJson(post(new ReadableStream({ pull: () => new Promise(() => {}) })), schema);
  expect(answer).toMatchObject({ code: 'invalid_request', details: [{ code: 'incomplete_body' }] });
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});

test('a body that never ends is incomplete, also where a clock says that the second is not over yet', async () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
  try {
    const answer = await readJson(post(new ReadableStream({ pull: () => new Promise(() => {}) })), schema);
    expect(answer).toMatchObject({ details: [{ code: 'incomplete_body' }] });
  } finally {
    clock.mockRestore();
  }
});

test.each([
  ['text/plain', undefined],
  ['', undefined],
  ['application/json; charset=koi8-r', undefined],
  ['application/json', 'gzip'],
])('content type "%s" with encoding %s is refused as 415', async (type, encoding) => {
  const headers = { 'content-type': type, ...(encoding ? { 'content-encoding': encoding } : {}) };
  expect(await readJson(post('{"text":""}', headers), schema)).toMatchObject({ code: 'unsupported_media_type' });
});

test.each(['application/json; charset=utf-8', 'Application/JSON', 'application/json;charset="UTF-8"'])(
  'content type "%s" is JSON',
  async (type) => {
    expect(await readJson(post('{"text":""}', { 'content-type': type }), schema)).toMatchObject({ kind: 'body' });
  },
);

test.each([
  ['no body', '', 'invalid_json'],
  ['broken JSON', '{"text":', 'invalid_json'],
  ['bytes that are not UTF-8', new Uint8Array([0x22, 0xff, 0xfe, 0x22]), 'invalid_encoding'],
  ['an unknown field', '{"text":"","more":1}', 'unrecognized_keys'],
  ['a field named __proto__', '{"text":"","__proto__":{}}', 'unrecognized_keys'],
  ['a missing field', '{}', 'invalid_type'],
  ['an array', '[]', 'invalid_type'],
])('%s is refused as 400, with the reason', async (_, body, code) => {
  expect(await readJson(post(body), schema)).toMatchObject({
    code: 'invalid_request',
    error: 'Invalid request body',
    details: [expect.objectContaining({ code, path: expect.any(Array) })],
  });
});
