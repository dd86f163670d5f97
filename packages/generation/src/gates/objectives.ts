import type { CourseLanguage } from '@megacampus/domain/course';
import type { GateFailure } from '../gates.ts';
import { shareIn, topicsOf } from './overlap.ts';

/** Share of an objective's words that has to come up in the lesson; verbs such as “explain” seldom do. */
export const COVERED = 0.3;

/** Every objective of a lesson has to be about something that its text speaks of. */
export function coversObjectives(text: string, objectives: readonly string[], language: CourseLanguage): GateFailure[] {
  const said = topicsOf(text, language);
  return objectives
    .filter((objective) => shareIn(topicsOf(objective, language), said) < COVERED)
    .map((objective) => ({ gate: 'objective' as const, detail: `not covered: “${objective.slice(0, 200)}”` }));
}
