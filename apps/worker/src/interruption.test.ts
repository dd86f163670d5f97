import { expect, test, vi } from 'vitest';
import { Interruption, interruptionOf, settleOrAbandon } from './interruption.ts';

const never = new Promise<never>(() => {});

test('a handler that ignores its signal is left behind after the grace', async () => {
  const stop = new AbortController();
  const onAbandoned = vi.fn();
  const waiting = settleOrAbandon(never, stop.signal, onAbandoned, 5);
  stop.abort(new Interruption('deadline'));
  await expect(waiting).rejects.toMatchObject({ reason: 'deadline' });
  expect(onAbandoned).toHaveBeenCalledOnce();
});

test('a signal that was aborted before the start is honoured too', async () => {
  const waiting = settleOrAbandon(never, AbortSignal.abort(new Interruption('shutdown')), () => {}, 5);
  await expect(waiting).rejects.toMatchObject({ reason: 'shutdown' });
});

test('work that finishes within the grace keeps its result', async () => {
  const stop = new AbortController();
  const work = Promise.withResolvers<string>();
  const waiting = settleOrAbandon(work.promise, stop.signal, () => expect.unreachable(), 1_000);
  stop.abort(new Interruption('shutdown'));
  work.resolve('done');
  await expect(waiting).resolves.toBe('done');
});

test('only an interruption counts as one', () => {
  expect(interruptionOf(new AbortController().signal)).toBeNull();
  expect(interruptionOf(AbortSignal.abort(new Error('other')))).toBeNull();
  expect(interruptionOf(AbortSignal.abort(new Interruption('cancelled')))?.reason).toBe('cancelled');
});
