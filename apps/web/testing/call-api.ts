import { expect } from 'vitest';

export interface ApiCall {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a string as it is. */
  readonly body?: unknown;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests state what they expect of it.
  readonly body: any;
  readonly tookMs: number;
}

/** Calls the API as curl would, and checks what holds for every answer: its request id and the form of errors. */
export async function callApi(url: string, method: string, path: string, call: ApiCall = {}): Promise<ApiAnswer> {
  const startedAt = performance.now();
  const response = await fetch(new URL(path, url), {
    method,
    headers: {
      ...(call.token === undefined ? {} : { authorization: `Bearer ${call.token}` }),
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...call.headers,
    },
    ...(call.body === undefined ? {} : { body: typeof call.body === 'string' ? call.body : JSON.stringify(call.body) }),
  });
  const text = await response.text();
  const tookMs = performance.now() - startedAt;
  const body = text === '' ? null : JSON.parse(text);
  const requestId = response.headers.get('x-request-id');
  expect(requestId).toMatch(/^[\w.:-]{1,64}$/);
  if (response.status >= 400 && body !== null && path !== '/api/health') {
    expect(body).toMatchObject({ error: expect.any(String), requestId });
    expect(Object.keys(body).filter((key) => !['error', 'details', 'requestId'].includes(key))).toEqual([]);
  }
  return { status: response.status, headers: response.headers, body, tookMs };
}

export function generate(url: string, token: string, courseId: string): Promise<ApiAnswer> {
  return callApi(url, 'POST', '/api/coursegen/generate', { token, body: { courseId } });
}
