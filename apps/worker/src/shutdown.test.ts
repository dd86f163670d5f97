import { createLogger } from '@megacampus/log';
import { expect, test, vi } from 'vitest';
import { RunningJobs } from './running-jobs.ts';
import { shutDown } from './shutdown.ts';

const log = createLogger({ name: 'test', level: 'silent' });
const nothing = async () => {};
const never = () => new Promise<never>(() => {});

test('an idle worker stops at once, and in order', async () => {
  const order: string[] = [];
  const step = (name: string) => async () => {
    order.push(name);
  };
  await shutDown({
    closeQueue: step('queue'),
    running: new RunningJobs(),
    stopBackground: step('background'),
    flush: step('flush'),
    closeAll: step('close'),
    log,
  });
  expect(order).toEqual(['queue', 'background', 'flush', 'close']);
});

test('a job that ends within 15 s is not disturbed; one that does not is told to stop', async () => {
  vi.useFakeTimers();
  try {
    const running = new RunningJobs();
    const quick = running.add('quick', 'g');
    const endless = running.add('endless', 'g');
    const done = shutDown({
      closeQueue: never,
      running,
      stopBackground: nothing,
      flush: nothing,
      closeAll: nothing,
      log,
    });
    await vi.advanceTimersByTimeAsync(14_900);
    expect([quick.signal.aborted, endless.signal.aborted]).toEqual([false, false]);
    quick.finished();
    await vi.advanceTimersByTimeAsync(200);
    expect([quick.signal.aborted, endless.signal.aborted]).toEqual([false, true]);
    await vi.advanceTimersByTimeAsync(3_000);
    await done;
  } finally {
    vi.useRealTimers();
  }
});

test('what is still to be stored has 3 s when no job took the time', async () => {
  vi.useFakeTimers();
  try {
    const lines: string[] = [];
    const listening = createLogger({ name: 'test', level: 'warn', destination: { write: (line) => lines.push(line) } });
    const stop = (flushMs: number) =>
      shutDown({
        closeQueue: nothing,
        running: new RunningJobs(),
        stopBackground: nothing,
        flush: () => new Promise((resolve) => setTimeout(resolve, flushMs)),
        closeAll: nothing,
        log: listening,
      });
    const slow = stop(2_900);
    await vi.advanceTimersByTimeAsync(2_900);
    await slow;
    expect(lines).toEqual([]);
    const tooSlow = stop(3_100);
    await vi.advanceTimersByTimeAsync(3_000);
    await tooSlow;
    expect(lines).toEqual([expect.stringContaining('did not take in time')]);
  } finally {
    vi.useRealTimers();
  }
});

test('the whole exit takes less than 20 s even when everything hangs', async () => {
  vi.useFakeTimers();
  try {
    const running = new RunningJobs();
    running.add('hanging', 'g');
    let stopped = false;
    const hung = { closeQueue: never, stopBackground: never, flush: never, closeAll: never };
    void shutDown({ ...hung, running, log }).then(() => {
      stopped = true;
    });
    await vi.advanceTimersByTimeAsync(19_500);
    expect(stopped).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});
