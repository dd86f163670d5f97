import {
  cancelResponseSchema,
  errorBodySchema,
  GENERATE_TEXTS,
  generateResponseSchema,
  inProgressDetailsSchema,
  limitDetailsSchema,
} from '@megacampus/domain/api';
import type { z } from 'zod';
import type { Aftermath } from '../observe/aftermath.ts';
import { type Answer, trashOutcome } from '../users.ts';
import type { Violation } from './violation.ts';

/**
 * What the web app told users was theirs to be told, in the contract's shape, and true. Not judged:
 * - how late it was. Five seconds are the app's own time, and a process that is frozen, or gets no processor from a machine
 *   with other worlds on it, is not to blame; the latter cannot be told from outside;
 * - 400, which a process gives that was frozen while it read a body: it takes it for one that did not come;
 * - 5xx: something was down, and what a failed admission leaves behind is looked at elsewhere;
 * - the deletion of a course, which the Supabase API answers.
 */
export function checkAnswers(answers: readonly Answer[], aftermath: Aftermath): Violation[] {
  return answers
    .filter(({ kind, status }) => kind !== 'delete' && status !== 0)
    .flatMap((answer) =>
      answer.kind === 'trash'
        ? trashProblems(answer, aftermath)
        : [...shapeProblems(answer), ...refusalProblems(answer, aftermath), ...cancelProblems(answer, aftermath)],
    )
    .map((text) => ({ category: 'lost', text, mayPass: false }));
}

function shapeProblems(answer: Answer): string[] {
  const { kind, courseId, status, body } = answer;
  const wrong = shapesOf(answer).flatMap(({ schema, part }) => schema.safeParse(part).error?.issues ?? []);
  if (wrong.length === 0) return [];
  const why = wrong.map(({ path, message }) => `${path.join('.')}: ${message}`.replace(/^: /, '')).join('; ');
  return [
    `${kind} of course ${courseId} was answered with ${status} and ${JSON.stringify(body).slice(0, 200)}: ${why}`,
  ];
}

interface Shape {
  readonly schema: z.ZodType;
  readonly part: unknown;
}

function shapesOf({ kind, status, body }: Answer): Shape[] {
  if (status === 200)
    return [{ schema: kind === 'cancel' ? cancelResponseSchema : generateResponseSchema, part: body }];
  const { error, details } = errorBodySchema.safeParse(body).data ?? {};
  const shapes: Shape[] = [{ schema: errorBodySchema, part: body }];
  // Those of the rates, which hold off floods, have none.
  if (status === 429 && details !== undefined) shapes.push({ schema: limitDetailsSchema, part: details });
  if (error === GENERATE_TEXTS.inProgress) shapes.push({ schema: inProgressDetailsSchema, part: details });
  return shapes;
}

const REFUSED = [401, 403, 404, 405, 413, 415];

/** Everybody asks rightly, for a course of their own; but what they want to have written anew may no longer be shown. */
function refusalProblems({ kind, courseId, status, body }: Answer, { courses }: Aftermath): string[] {
  if (!REFUSED.includes(status)) return [];
  if (status === 404 && !courses.some(({ id, trashed }) => id === courseId && !trashed)) return [];
  const { error } = errorBodySchema.safeParse(body).data ?? {};
  if (kind === 'rewrite' && status === 404 && error === GENERATE_TEXTS.lessonNotFound) return [];
  return [`${kind} of course ${courseId}, by its owner, was answered with ${status}`];
}

/** Only the request that ends a generation is answered with 200. */
function cancelProblems({ kind, courseId, status, atMs, tookMs }: Answer, { events }: Aftermath): string[] {
  if (kind !== 'cancel' || status !== 200) return [];
  const of = events.filter(({ kind: what, course_id }) => what === 'moved' && course_id === courseId);
  const since = of.filter(({ at_ms }) => at_ms >= atMs);
  if (since.some(({ status_after, at_ms }) => status_after === 'cancelled' && at_ms <= atMs + tookMs + 1)) return [];
  const completed = since.find(({ status_after }) => status_after === 'completed');
  const but = completed === undefined ? 'nothing of it was' : `${completed.generation_id} was completed`;
  return [`cancel of course ${courseId} was answered with 200 and ${but}`];
}

/** Nobody takes a course out of the trash. */
function trashProblems(answer: Answer, { courses }: Aftermath): string[] {
  const { courseId, status, body } = answer;
  if (status >= 500) return [];
  const told = trashOutcome(answer);
  const course = courses.find(({ id }) => id === courseId);
  if (told === 'failed' || (told === 'trashed' && course?.trashed !== false)) return [];
  if (told === 'not_found' && course === undefined) return [];
  const what = told ?? `${status} and ${JSON.stringify(body).slice(0, 200)}`;
  return [`putting course ${courseId} into the trash was answered with ${what}, and it is ${placeOf(course)}`];
}

function placeOf(course: Aftermath['courses'][number] | undefined): string {
  if (course === undefined) return 'gone';
  return course.trashed ? 'there' : 'not';
}
