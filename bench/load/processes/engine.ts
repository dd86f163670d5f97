import { setTimeout as pause } from 'node:timers/promises';
import type { CourseEngine } from '@megacampus/generation/engine';

/**
 * An engine that does nothing: it gives what `engine` gave for the first course, which passed its gates. Every course of
 * the bench has the same brief.
 */
export function remembering(
  engine: CourseEngine,
  {
    analyzeMs,
    lessonMs,
    onAnalyze,
  }: { readonly analyzeMs: number; readonly lessonMs: number; readonly onAnalyze: () => void },
): CourseEngine {
  const answers = new Map<string, Promise<unknown>>();
  const once = <T>(key: string, make: () => Promise<T>): Promise<T> => {
    const known = answers.get(key) as Promise<T> | undefined;
    const answer = known ?? make();
    answers.set(key, answer);
    return answer;
  };
  return {
    name: 'nothing',
    async analyze(input, context) {
      onAnalyze();
      if (analyzeMs > 0) await pause(analyzeMs, undefined, { signal: context.signal });
      return once('analyze', () => engine.analyze(input, context));
    },
    outline: (input, context) => once('outline', () => engine.outline(input, context)),
    async lesson(input, context) {
      if (lessonMs > 0) await pause(lessonMs, undefined, { signal: context.signal });
      return once(`lesson ${input.sectionIndex}.${input.lessonIndex}`, () => engine.lesson(input, context));
    },
    summarize: (input, context) => once('summarize', () => engine.summarize(input, context)),
  };
}
