import { GENERATE_TEXTS } from '@megacampus/domain/api';
import type { Aftermath, CourseRow, GenerationRow, LessonRow, LoggedEvent } from '../observe/aftermath.ts';
import type { Strike } from '../result.ts';
import type { Answer } from '../users.ts';

/** An episode after which all is well: one course, admitted once and completed. Tests change one thing of it. */
export const COURSE = 'course-1';
export const USER = 'user-1';
export const GENERATION = 'course-gen-1';

export function answer(changes: Partial<Answer> = {}): Answer {
  return {
    kind: 'admit',
    courseId: COURSE,
    atMs: 0,
    tookMs: 20,
    status: 200,
    body: { success: true, jobId: GENERATION, message: GENERATE_TEXTS.admitted },
    generationId: GENERATION,
    alreadyRunning: false,
    ...changes,
  };
}

/** What is said with a refusal. */
export const refusal = (status: number, error = 'No', details?: unknown): Partial<Answer> => ({
  ...{ status, body: { error, details, requestId: 'request-1' }, generationId: null },
});

export const strike = (kind: Strike['kind'], recovery: Strike['recovery'], point: Strike['point'] = null): Strike => ({
  ...{ kind, point, recovery },
});

export function event(kind: LoggedEvent['kind'], changes: Partial<LoggedEvent> = {}): LoggedEvent {
  return {
    ...{ at_ms: 0, kind, generation_id: GENERATION, course_id: COURSE, user_id: USER },
    ...{ subject: null, status_before: null, status_after: null },
    ...changes,
  };
}

export const generation = (changes: Partial<GenerationRow> = {}): GenerationRow => ({
  ...{ id: GENERATION, course_id: COURSE, status: 'completed', error: null, undone: false, overview: 'All of it.' },
  ...changes,
});

export const lesson = (changes: Partial<LessonRow> = {}): LessonRow => ({
  ...{ id: 'lesson-1', generation_id: GENERATION, status: 'completed' },
  ...changes,
});

export const course = (changes: Partial<CourseRow> = {}): CourseRow => ({
  ...{ id: COURSE, generation_id: GENERATION, generation_status: 'completed', trashed: false },
  ...changes,
});

export const written = event('lesson written', {
  ...{ at_ms: 20, subject: 'lesson-1', status_before: 'pending', status_after: 'completed' },
});

export const STORY: readonly LoggedEvent[] = [
  event('made', { at_ms: 10, status_after: 'initializing' }),
  event('outlined', { at_ms: 15 }),
  event('lesson made', { at_ms: 15, subject: 'lesson-1', status_after: 'pending' }),
  written,
  event('summarized', { at_ms: 25 }),
  event('moved', { at_ms: 30, status_before: 'finalizing', status_after: 'completed' }),
];

export function aftermath(changes: Partial<Aftermath> = {}): Aftermath {
  return {
    ...{ takenAtMs: 1_000, leases: [], jobs: [], inFlight: [], ended: { completed: [], failed: [] }, keys: [] },
    ...{ events: STORY, generations: [generation()], lessons: [lesson()], courses: [course()] },
    ...changes,
  };
}
