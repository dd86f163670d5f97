import { GENERATE_TEXTS, regenerateRequestSchema } from '@megacampus/domain/api';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { ownCourse, type SlugParams } from '../own-course.ts';
import { tooMany } from '../rate-limits.ts';
import { readJson } from '../read-json.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Call } from '../route.ts';
import { admit, toAnswer, tooManyFromAddress } from './generate.ts';

interface LessonParams extends SlugParams {
  readonly lessonId: string;
}

/**
 * POST /api/courses/[slug]/lessons/[lessonId]/regenerate: one lesson of the version that the course shows, written anew.
 * Admitted as a generation of the whole course is, but another one in flight is a conflict: it does something else.
 */
export async function regenerate(call: Call<LessonParams>, deps: Deps): Promise<Response | Refusal> {
  const body = await readJson(call.request, regenerateRequestSchema);
  if (body.kind === 'refusal') return body;
  const flood = await tooManyFromAddress(call, deps);
  if (flood !== null) return flood;
  const own = await ownCourse(call, deps);
  if (own.kind === 'refusal') return own;
  const { course, userId } = own;
  const hasty = await tooMany(deps.rateLimits.generate, userId);
  if (hasty !== null) return hasty;
  const { lessonId } = call.params;
  if (!z.uuid().safeParse(lessonId).success) return refuse('not_found', GENERATE_TEXTS.lessonNotFound);

  const { instruction } = body.value;
  const request = { courseId: course.id, userId, webhookUrl: null, rewrite: { lessonId, instruction } };
  const outcome = await admit(call, deps, request);
  if (outcome.kind !== 'already_running') return toAnswer(outcome);
  const details = { reason: 'generation_in_progress', jobId: outcome.generationId };
  return refuse('conflict', GENERATE_TEXTS.inProgress, { details });
}
