import type { CheckStatusResponse } from '@megacampus/domain/api';
import type { GenerationStatus } from '@megacampus/domain/steps';
import { createLogger } from '@megacampus/log';
import { expect, test } from 'vitest';
import { type CourseSource, type WatchItem, watchCourse } from './watch-course.ts';

const log = createLogger({ name: 'test', level: 'silent' });

function state(currentGenerationStatus: GenerationStatus | null, updatedAt = '1'): CheckStatusResponse {
  return {
    courseId: '0199f0f0-0000-7000-8000-000000000001',
    slug: 's',
    currentStatus: 'draft',
    currentGenerationStatus,
    generationProgress: null,
    queuePosition: null,
    updatedAt,
    isStuck: false,
  };
}

/** A course that a test changes; `tell` is false while signals are lost. */
function course(first: CheckStatusResponse | null) {
  const self = {
    now: first as CheckStatusResponse | null,
    reads: 0,
    listeners: 0,
    onChange: () => {},
    change(next: CheckStatusResponse | null, tell = true) {
      self.now = next;
      if (tell) self.onChange();
    },
  };
  const source: CourseSource = {
    async read() {
      self.reads += 1;
      return self.now;
    },
    async subscribe(onChange) {
      self.listeners += 1;
      self.onChange = onChange;
      return () => {
        self.listeners -= 1;
      };
    },
  };
  return { self, source };
}

const QUIET = { pollMs: 60_000, heartbeatMs: 60_000 };

async function take(items: AsyncGenerator<WatchItem, void>): Promise<WatchItem | 'end'> {
  const { done, value } = await items.next();
  return done ? 'end' : value;
}

test('gives the state at once, each change, and ends with the end of the generation', async () => {
  const { self, source } = course(state('initializing'));
  const items = watchCourse(source, { signal: new AbortController().signal, log, timing: QUIET });
  expect(await take(items)).toEqual({ kind: 'state', state: state('initializing') });
  self.change(state('finalizing'));
  expect(await take(items)).toEqual({ kind: 'state', state: state('finalizing') });
  self.change(state('completed'));
  expect(await take(items)).toEqual({ kind: 'state', state: state('completed') });
  expect(await take(items)).toBe('end');
  expect(self.listeners).toBe(0);
});

test('a change between the subscription and the first reading is not missed', async () => {
  const { self, source } = course(state('initializing'));
  const changedWhileReading: CourseSource = {
    ...source,
    async read() {
      const read = await source.read();
      if (self.reads === 1) self.change(state('finalizing'));
      return read;
    },
  };
  const items = watchCourse(changedWhileReading, { signal: new AbortController().signal, log, timing: QUIET });
  expect(await take(items)).toMatchObject({ state: state('initializing') });
  expect(await take(items)).toMatchObject({ state: state('finalizing') });
});

test('a change that nobody told of is found by reading now and then', async () => {
  const { self, source } = course(state('initializing'));
  const timing = { pollMs: 20, heartbeatMs: 60_000 };
  const items = watchCourse(source, { signal: new AbortController().signal, log, timing });
  await take(items);
  self.change(state('failed'), false);
  expect(await take(items)).toMatchObject({ state: state('failed') });
});

test('without Redis the watch goes on by reading', async () => {
  const { self, source } = course(state('initializing'));
  const deaf = { ...source, subscribe: () => Promise.reject(new Error('down')) };
  const items = watchCourse(deaf, { signal: new AbortController().signal, log, timing: { ...QUIET, pollMs: 20 } });
  await take(items);
  self.change(state('cancelled'), false);
  expect(await take(items)).toMatchObject({ state: state('cancelled') });
});

test('a slow reader costs one state: a thousand changes later it gets the latest only', async () => {
  const { self, source } = course(state('initializing', '0'));
  const items = watchCourse(source, { signal: new AbortController().signal, log, timing: QUIET });
  await take(items);
  for (let n = 1; n <= 1_000; n += 1) self.change(state('generating_content', String(n)));
  expect(await take(items)).toMatchObject({ state: state('generating_content', '1000') });
  expect(self.reads).toBe(2);
});

test('beats while nothing changes', async () => {
  const { source } = course(state('generating_content'));
  const timing = { pollMs: 10, heartbeatMs: 50 };
  const items = watchCourse(source, { signal: new AbortController().signal, log, timing });
  await take(items);
  const startedAt = performance.now();
  expect(await take(items)).toEqual({ kind: 'heartbeat' });
  expect(performance.now() - startedAt).toBeGreaterThan(45);
  expect(await take(items)).toEqual({ kind: 'heartbeat' });
});

test('a failing reading is passed over, but the first one is thrown', async () => {
  const { self, source } = course(state('initializing'));
  let fails = false;
  const shaky: CourseSource = { ...source, read: () => (fails ? Promise.reject(new Error('down')) : source.read()) };
  const items = watchCourse(shaky, { signal: new AbortController().signal, log, timing: { ...QUIET, pollMs: 10 } });
  await take(items);
  fails = true;
  const next = take(items);
  self.change(state('completed'));
  setTimeout(() => {
    fails = false;
  }, 50);
  expect(await next).toMatchObject({ state: state('completed') });
  expect(await take(items)).toBe('end');

  fails = true;
  const broken = watchCourse(shaky, { signal: new AbortController().signal, log, timing: QUIET });
  await expect(take(broken)).rejects.toThrow('down');
  expect(self.listeners).toBe(0);
});

test('ends at once when it is stopped, and when the course is deleted', async () => {
  const stop = new AbortController();
  const { self, source } = course(state('initializing'));
  const items = watchCourse(source, { signal: stop.signal, log, timing: QUIET });
  await take(items);
  const next = take(items);
  stop.abort();
  expect(await next).toBe('end');

  const others = watchCourse(source, { signal: new AbortController().signal, log, timing: QUIET });
  await take(others);
  self.change(null);
  expect(await take(others)).toBe('end');
  expect(self.listeners).toBe(0);
});
