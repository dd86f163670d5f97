import { startRedis, useStack } from '@megacampus/test-kit/servers';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { closeRedis, createProducerRedis, createSubscriberRedis, waitUntilReady } from '../connections/connections.ts';
import type { Keys } from '../keys.ts';
import { connectForTest, silentLog, testKeys } from '../testing/fixtures.ts';
import { createHeartbeat, createReconcilerLock, createSignals, type ProgressMessage, type Signals } from './signals.ts';

const redis = connectForTest();
let keys: Keys;
beforeEach(() => {
  keys = testKeys();
});

async function signalsOn(url = useStack().redisUrl): Promise<Signals> {
  const context = { log: silentLog, name: 'signals' };
  const [publisher, subscriber] = [createProducerRedis(url, context), createSubscriberRedis(url, context)];
  onTestFinished(() => closeRedis(publisher));
  onTestFinished(() => closeRedis(subscriber));
  await waitUntilReady(publisher, 5_000);
  return createSignals(publisher, subscriber, keys);
}

const message = (courseId: string, generationId = 'course-gen-1'): ProgressMessage => ({ courseId, generationId });

const listenersOf = async (channel: string) => Number((await redis.pubsub('NUMSUB', channel))[1]);

describe('progress', () => {
  it('reaches every listener of the course, and nobody else', async () => {
    const signals = await signalsOn();
    const [course, other] = [crypto.randomUUID(), crypto.randomUUID()];
    const got: [string, string][] = [];
    const note = (who: string) => (one: ProgressMessage) => void got.push([who, one.generationId]);
    const subscriptions = [
      signals.onProgress(course, note('a')),
      signals.onProgress(course, note('b')),
      signals.onProgress(other, note('other')),
    ];
    expect(await Promise.all(subscriptions.map(({ ready }) => ready))).toEqual([true, true, true]);
    await signals.publishProgress(message(course, 'g1'));
    await waitFor(() => got.length === 2);
    await signals.publishProgress(message(other, 'g2'));
    await waitFor(() => got.length === 3);
    expect(got).toEqual([
      ['a', 'g1'],
      ['b', 'g1'],
      ['other', 'g2'],
    ]);
  });

  it('is subscribed to once for all listeners, and left with the last', async () => {
    const signals = await signalsOn();
    const course = crypto.randomUUID();
    const channel = keys.progressChannel(course);
    let heard = 0;
    const listener = () => {
      heard += 1;
    };
    const [first, second] = [signals.onProgress(course, listener), signals.onProgress(course, listener)];
    await Promise.all([first.ready, second.ready]);
    expect(await listenersOf(channel)).toBe(1);
    first();
    first();
    await signals.publishProgress(message(course));
    await waitFor(() => heard === 1, { what: 'the second listener to hear' });
    const third = signals.onProgress(course, listener);
    await third.ready;
    expect(await listenersOf(channel)).toBe(1);
    second();
    third();
    await waitFor(async () => (await listenersOf(channel)) === 0);
  });

  it('reaches one who left and came back at once', async () => {
    const signals = await signalsOn();
    const course = crypto.randomUUID();
    const got: ProgressMessage[] = [];
    for (let i = 0; i < 10; i++) signals.onProgress(course, () => {})();
    const last = signals.onProgress(course, (one) => void got.push(one));
    expect(await last.ready).toBe(true);
    await signals.publishProgress(message(course));
    await waitFor(() => got.length === 1);
    expect(got).toEqual([message(course)]);
  });

  it('is neither sent nor received where it is malformed', async () => {
    const signals = await signalsOn();
    const course = crypto.randomUUID();
    const got: ProgressMessage[] = [];
    await signals.onProgress(course, (one) => void got.push(one)).ready;
    await expect(signals.publishProgress({ ...message(course), courseId: 'x' })).rejects.toThrow();
    for (const text of ['{', '{}', 'null', '"x"']) await redis.publish(keys.progressChannel(course), text);
    await signals.publishProgress(message(course));
    await waitFor(() => got.length > 0);
    expect(got).toEqual([message(course)]);
  });
});

it('cancel reaches every process, until it stops listening', async () => {
  const [one, two] = [await signalsOn(), await signalsOn()];
  const got: string[] = [];
  const subscriptions = [one, two].map((signals, index) => signals.onCancel((id) => void got.push(`${index}:${id}`)));
  await Promise.all(subscriptions.map(({ ready }) => ready));
  await one.publishCancel('course-gen-1');
  await waitFor(() => got.length === 2);
  expect(got.toSorted()).toEqual(['0:course-gen-1', '1:course-gen-1']);
  subscriptions[0]?.();
  await two.publishCancel('course-gen-2');
  await waitFor(() => got.length === 3);
  expect(got.at(-1)).toBe('1:course-gen-2');
});

it('listeners are subscribed again after Redis was away, those of before and those of meanwhile', async () => {
  const server = await startRedis();
  onTestFinished(() => server.close());
  const signals = await signalsOn(server.url);
  const got: string[] = [];
  const course = crypto.randomUUID();
  await signals.onCancel((id) => void got.push(id)).ready;

  await server.stop();
  const meanwhile = signals.onProgress(course, () => void got.push('progress'));
  await expect(signals.publishCancel('course-gen-1')).rejects.toThrow('unavailable');
  await server.restart();

  expect(await meanwhile.ready).toBe(true);
  await waitFor(async () => {
    await signals.publishCancel('course-gen-2');
    return got.includes('course-gen-2');
  });
  await signals.publishProgress(message(course));
  await waitFor(() => got.includes('progress'));
});

it('a subscription on a connection that ends says that it will never be ready', async () => {
  const subscriber = createSubscriberRedis('redis://127.0.0.1:1', { log: silentLog, name: 'signals' });
  const { ready } = createSignals(redis, subscriber, keys).onCancel(() => {});
  await closeRedis(subscriber);
  expect(await ready).toBe(false);
});

describe('heartbeats', () => {
  it('count the workers that are alive, by Redis’s clock', async () => {
    const heartbeat = createHeartbeat(redis, keys);
    expect(await heartbeat.liveWorkers()).toBe(0);
    await heartbeat.beat('a', 60_000);
    await heartbeat.beat('a', 60_000);
    await heartbeat.beat('b', 60_000);
    await heartbeat.beat('short', 1);
    await expect.poll(() => heartbeat.liveWorkers()).toBe(2);
    await heartbeat.leave('a');
    expect(await heartbeat.liveWorkers()).toBe(1);
    await redis.zadd(keys.workers, 1, 'b');
    expect(await heartbeat.liveWorkers()).toBe(0);
  });
});

describe('the reconciler’s lock', () => {
  it('is held by one worker at a time, who may extend it and give it back', async () => {
    const lock = createReconcilerLock(redis, keys);
    const taken = await Promise.all(['a', 'b', 'c', 'd'].map((id) => lock.hold(id, 60_000)));
    expect(taken).toEqual([true, false, false, false]);
    expect(await lock.hold('a', 60_000)).toBe(true);
    await lock.release('b');
    expect(await lock.hold('b', 60_000)).toBe(false);
    await lock.release('a');
    expect(await lock.hold('b', 60_000)).toBe(true);
  });

  it('is free again when its holder has died', async () => {
    const lock = createReconcilerLock(redis, keys);
    await lock.hold('a', 50);
    await expect.poll(() => lock.hold('b', 60_000)).toBe(true);
  });
});
