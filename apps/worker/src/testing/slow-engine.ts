import { setTimeout as pause } from 'node:timers/promises';
import type { CourseEngine, EngineContext } from '@megacampus/generation/engine';
import { type InterruptionReason, interruptionOf } from '../interruption.ts';

export type EngineCall = 'analyze' | 'outline' | 'lesson' | 'summarize';

export interface SlowEngineOptions {
  /** Milliseconds before each call of the real engine, cut short by the signal. */
  readonly delaysMs?: Partial<Record<EngineCall, number>>;
  /** Told before the delay of each call. */
  readonly onCall?: (call: EngineCall) => void;
  /** Told when a call was stopped by its signal, and why. */
  readonly onStopped?: (call: EngineCall, reason: InterruptionReason | undefined) => void;
}

/** A real engine, slowed down: for tests that have to catch a stage in the middle. */
export function slowEngine(
  engine: CourseEngine,
  { delaysMs = {}, onCall, onStopped }: SlowEngineOptions,
): CourseEngine {
  const before = async (call: EngineCall, { signal }: EngineContext) => {
    onCall?.(call);
    try {
      await pause(delaysMs[call] ?? 0, undefined, { signal });
    } catch {
      onStopped?.(call, interruptionOf(signal)?.reason);
      throw signal.reason;
    }
  };
  return {
    name: engine.name,
    async analyze(input, context) {
      await before('analyze', context);
      return engine.analyze(input, context);
    },
    async outline(input, context) {
      await before('outline', context);
      return engine.outline(input, context);
    },
    async lesson(input, context) {
      await before('lesson', context);
      return engine.lesson(input, context);
    },
    async summarize(input, context) {
      await before('summarize', context);
      return engine.summarize(input, context);
    },
  };
}
