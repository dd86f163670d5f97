import { setImmediate } from 'node:timers/promises';

/** Longest stretch of work without letting the event loop turn, in milliseconds. */
const STRETCH_MS = 12;

/** Called between units of work: lets the event loop turn when it is time, and rejects once the signal is aborted. */
export type Breathe = () => Promise<void>;

/** The engine runs inside the worker's process, beside lock renewals: it must never hold the event loop for long. */
export function createBreather(signal: AbortSignal): Breathe {
  let since = performance.now();
  return async () => {
    signal.throwIfAborted();
    if (performance.now() - since < STRETCH_MS) return;
    await setImmediate();
    signal.throwIfAborted();
    since = performance.now();
  };
}
