import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { describe, expect, onTestFinished, test } from 'vitest';
import { generate } from '../../../testing/call-api.ts';
import { runOwnWeb } from '../../../testing/run-web.ts';
import { serverActions } from '../../../testing/server-actions.ts';

/** What no well-behaved client sends, byte by byte. */
const web = runOwnWeb();

interface Raw {
  /** All that has been answered so far. */
  readonly answer: () => string;
  readonly isClosed: () => boolean;
  write(text: string): void;
}

function open(text: string): Raw {
  const { hostname, port } = new URL(web().app.url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  let isClosed = false;
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1');
  });
  socket.on('close', () => {
    isClosed = true;
  });
  socket.on('error', () => {});
  onTestFinished(() => {
    socket.destroy();
  });
  socket.write(text, 'latin1');
  return { answer: () => answer, isClosed: () => isClosed, write: (more) => socket.write(more, 'latin1') };
}

const HEAD = 'POST /api/coursegen/generate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
/** Whoever lets two readers see different ends of a request gets this one past the first of them. */
const SMUGGLED = 'GET /api/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n';

describe('a request whose end can be read in two ways is refused, and nothing behind it is read', () => {
  test.each([
    ['a length and chunks', `${HEAD}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`],
    ['two lengths', `${HEAD}Content-Length: 2\r\nContent-Length: 50\r\n\r\n{}${SMUGGLED}`],
    ['a length that is none', `${HEAD}Content-Length: 2x\r\n\r\n{}${SMUGGLED}`],
    ['a negative length', `${HEAD}Content-Length: -1\r\n\r\n${SMUGGLED}`],
    ['an odd encoding', `${HEAD}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${SMUGGLED}`],
    ['chunked, but not last', `${HEAD}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${SMUGGLED}`],
    ['a chunk whose size is none', `${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n${SMUGGLED}`],
    ['a space before the colon', `${HEAD}Content-Length : 2\r\n\r\n{}${SMUGGLED}`],
    ['a folded header', `${HEAD}Content-Length: \r\n 2\r\n\r\n{}${SMUGGLED}`],
    ['NUL in a header', `${HEAD}X-A: a\0b\r\nContent-Length: 2\r\n\r\n{}${SMUGGLED}`],
    ['a bare line end in a header', `${HEAD}X-A: a\rContent-Length: 50\r\n\r\n{}${SMUGGLED}`],
  ])('%s', async (_, text) => {
    const raw = open(text);
    await waitFor(() => raw.isClosed(), { what: 'the connection to be closed' });
    expect(raw.answer()).toMatch(/^(HTTP\/1\.1 400 |$)/);
    expect(raw.answer().match(/HTTP\/1\.1 /g)?.length ?? 0).toBeLessThanOrEqual(1);
    expect(raw.answer()).not.toContain('openapi');
  });
});

test.each([
  ['no host', 'GET /api/health HTTP/1.1\r\n\r\n'],
  ['two hosts', 'GET /courses HTTP/1.1\r\nHost: x\r\nHost: evil.test\r\nConnection: close\r\n\r\n'],
  ['a host that is none', 'GET /courses HTTP/1.1\r\nHost: evil.test/@x:y\r\nConnection: close\r\n\r\n'],
  ['a whole URL for a path', 'GET http://evil.test/courses HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n'],
  ['a way out of the folder', 'GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  [
    'a way out of the files of the build',
    'GET /_next/static/..%2f..%2fserver%2fserver-reference-manifest.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  ],
  ['TRACE', 'TRACE / HTTP/1.1\r\nHost: x\r\nX-Secret: told\r\nConnection: close\r\n\r\n'],
  ['CONNECT', 'CONNECT evil.test:443 HTTP/1.1\r\nHost: evil.test:443\r\n\r\n'],
  ['no method that there is', 'HACK / HTTP/1.1\r\nHost: x\r\n\r\n'],
])('%s: nothing is told, nobody is sent elsewhere', async (_, text) => {
  const raw = open(text);
  await waitFor(() => raw.isClosed(), { what: 'the connection to be closed' });
  expect(raw.answer()).not.toMatch(/^location: *(https?:)?\/\/evil/im);
  expect(raw.answer()).not.toMatch(/root:|encryptionKey|told/);
});

test('a Host header makes the server call nobody, neither on its way to an action nor after one', async () => {
  let calls = 0;
  const elsewhere = createServer((_, response) => {
    calls += 1;
    response.end();
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    elsewhere.close().closeAllConnections();
  });
  const host = `127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  const ids = serverActions(web().app);
  for (const action of ['signOut', 'shareCourse', 'signIn']) {
    for (const path of ['/', '/sign-in', '/courses/new']) {
      for (const hosts of [`Host: ${host}`, `Host: x\r\nX-Forwarded-Host: ${host}`]) {
        const raw = open(
          `POST ${path} HTTP/1.1\r\n${hosts}\r\nOrigin: http://${host}\r\nNext-Action: ${ids.get(action)}\r\n` +
            'Content-Type: text/plain\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]',
        );
        await waitFor(() => raw.isClosed(), { what: 'an answer' });
        expect(raw.answer()).toMatch(/^HTTP\/1\.1 \d/);
      }
    }
  }
  expect(calls).toBe(0);
});

test('many clients that send their bodies a byte at a time are given up, and hold nobody up meanwhile', async () => {
  const action = 'POST / HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\nNext-Action: 00\r\nContent-Type: text/plain\r\n';
  const slow = Array.from({ length: 60 }, (_, index) =>
    open(`${index % 2 ? HEAD : action}Content-Length: 9000\r\n\r\n[`),
  );
  const user = await web().user();
  const course = await web().course(user);
  const answer = await generate(web().app.url, user.accessToken, course.id);
  expect([answer.status, answer.tookMs < 5_000]).toEqual([200, true]);
  for (let byte = 0; byte < 5; byte += 1) for (const raw of slow) raw.write(' ');
  // Those of the API; the others hold a socket and nothing else until Node's own limit of five minutes.
  const ofApi = slow.filter((_, index) => index % 2 === 1);
  await waitFor(() => ofApi.every((raw) => raw.isClosed()), { what: 'slow clients of the API to be given up' });
  // A byte that meets a closed connection resets it, and a reset can overtake the answer: not all of them read theirs.
  for (const raw of ofApi) expect(raw.answer()).toMatch(/^(HTTP\/1\.1 400 |$)/);
  expect(ofApi.some((raw) => raw.answer() !== '')).toBe(true);
});
