import { expect, test } from 'vitest';
import { toStream } from './to-stream.ts';

async function* count(onEnd: () => void, signal?: AbortSignal): AsyncGenerator<string, void> {
  try {
    for (let n = 1; !signal?.aborted; n += 1) yield `${n}\n`;
  } finally {
    onEnd();
  }
}

test('asks for no more than is read', async () => {
  let made = 0;
  async function* texts(): AsyncGenerator<string, void> {
    for (;;) {
      made += 1;
      yield 'x'.repeat(100_000);
    }
  }
  const reader = (await toStream(texts(), new AbortController())).getReader();
  await reader.read();
  await new Promise((resolve) => setImmediate(resolve));
  expect(made).toBeLessThanOrEqual(2);
});

test('a client that goes away ends the source', async () => {
  const ended = Promise.withResolvers<void>();
  const stop = new AbortController();
  const stream = await toStream(count(ended.resolve, stop.signal), stop);
  const reader = stream.getReader();
  await reader.read();
  await reader.cancel();
  await ended.promise;
  expect(stop.signal.aborted).toBe(true);
});

test('being stopped ends the source although the client reads nothing', async () => {
  const ended = Promise.withResolvers<void>();
  const stop = new AbortController();
  await toStream(count(ended.resolve), stop);
  stop.abort();
  await ended.promise;
});

test('what the source throws before its first text is thrown here', async () => {
  const failing = (async function* (): AsyncGenerator<string, void> {
    yield* [];
    throw new Error('down');
  })();
  await expect(toStream(failing, new AbortController())).rejects.toThrow('down');
});
