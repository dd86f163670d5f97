import type { CheckStatusResponse } from '@megacampus/domain/api';
import { hasEnded } from '@megacampus/domain/steps';
import type { Logger } from '@megacampus/log';
import { createFlag } from './flag.ts';

export interface CourseSource {
  /** The course's state now; null when it is gone. */
  read(): Promise<CheckStatusResponse | null>;
  /** Calls back on every change. Rejects when Redis is down; the watch then goes on by reading. */
  subscribe(onChange: () => void): Promise<() => void>;
}

export interface WatchTiming {
  /** How often to read without having been told of a change: Redis may be down, and places in the queue change silently. */
  readonly pollMs: number;
  readonly heartbeatMs: number;
}

const WATCH_TIMING: WatchTiming = { pollMs: 3_000, heartbeatMs: 15_000 };

export type WatchItem = { kind: 'state'; state: CheckStatusResponse } | { kind: 'heartbeat' };

/**
 * The course's state at once, then whenever it differs from what was given last, with heartbeats in between,
 * until its generation has ended, the course is gone or `signal` aborts. Subscribes before it reads, so no change
 * falls between the two. Advances only as fast as it is consumed and holds one state: a slow consumer skips
 * states and never the latest.
 *
 * @throws what `read` throws the first time; later failures are logged and read again.
 */
export async function* watchCourse(
  source: CourseSource,
  options: {
    readonly signal: AbortSignal;
    readonly log: Logger;
    /** Called once, however the watch ends. */
    readonly onEnd?: () => void;
    readonly timing?: WatchTiming;
  },
): AsyncGenerator<WatchItem, void> {
  const { signal, log, timing = WATCH_TIMING } = options;
  const changed = createFlag();
  const unsubscribe = await source.subscribe(changed.raise).catch((err: unknown) => {
    log.warn({ err }, 'watching without signals');
    return () => {};
  });
  try {
    let state = await source.read();
    let given = '';
    let beatAtMs = performance.now() + timing.heartbeatMs;
    while (state !== null) {
      if (JSON.stringify(state) !== given) {
        given = JSON.stringify(state);
        yield { kind: 'state', state };
        beatAtMs = performance.now() + timing.heartbeatMs;
      } else if (performance.now() >= beatAtMs) {
        yield { kind: 'heartbeat' };
        beatAtMs = performance.now() + timing.heartbeatMs;
      }
      if (isFinal(state) || signal.aborted) return;
      await changed.wait(Math.min(timing.pollMs, Math.max(1, beatAtMs - performance.now())), signal);
      if (signal.aborted) return;
      state = await readAgain(source, state, log);
    }
  } finally {
    unsubscribe();
    options.onEnd?.();
  }
}

/** Nothing more will happen by itself. A course that has never been generated may yet be. */
export function isFinal(state: CheckStatusResponse): boolean {
  return state.currentGenerationStatus !== null && hasEnded(state.currentGenerationStatus);
}

async function readAgain(source: CourseSource, last: CheckStatusResponse, log: Logger) {
  try {
    return await source.read();
  } catch (err) {
    log.warn({ err }, 'reading a watched course failed');
    return last;
  }
}
