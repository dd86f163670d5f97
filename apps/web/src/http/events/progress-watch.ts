import { setTimeout as sleep } from 'node:timers/promises';
import type { Signals } from '@megacampus/queue/signals';

/** Calls back on every change of a course's progress; returns how to stop. */
export type ProgressWatch = (courseId: string, onChange: () => void) => Promise<() => void>;

/** How long to wait until Redis has confirmed a subscription before going on without. */
const SUBSCRIBE_TIMEOUT_MS = 500;

/**
 * Watches by signals. Resolves once Redis sends them, so that a snapshot taken afterwards misses nothing; when Redis
 * takes longer (it is down or frozen), resolves all the same and calls back as soon as it does.
 */
export function createProgressWatch(signals: Pick<Signals, 'onProgress'>): ProgressWatch {
  return async (courseId, onChange) => {
    const unsubscribe = signals.onProgress(courseId, onChange);
    const inTime = await Promise.race([unsubscribe.ready, sleep(SUBSCRIBE_TIMEOUT_MS, null, { ref: false })]);
    if (inTime === null) void unsubscribe.ready.then(onChange);
    return unsubscribe;
  };
}
