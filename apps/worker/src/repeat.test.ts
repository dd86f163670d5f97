import { createLogger } from '@megacampus/log';
import { expect, test } from 'vitest';
import { startLoop } from './repeat.ts';

const log = createLogger({ name: 'test', level: 'silent' });

test('a failing pass does not end the loop', async () => {
  let passes = 0;
  const third = Promise.withResolvers<void>();
  const loop = startLoop({
    name: 'test',
    intervalMs: 1,
    log,
    pass: async () => {
      passes += 1;
      if (passes === 3) third.resolve();
      throw new Error('down');
    },
  });
  await third.promise;
  await loop.stop();
});

test('stopping tells the pass under way, waits for it, and starts no other', async () => {
  const started = Promise.withResolvers<void>();
  let ended = false;
  const loop = startLoop({
    name: 'test',
    intervalMs: 1,
    log,
    pass: (signal) => {
      started.resolve();
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          ended = true;
          resolve();
        });
      });
    },
  });
  await started.promise;
  await loop.stop();
  expect(ended).toBe(true);
});
