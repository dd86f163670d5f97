import { type GenerationProgress, hasEnded, type StepId, type StepStatus } from '@megacampus/domain/steps';
import { z } from 'zod';
import type { Access } from './access/access.ts';
import * as answers from './generation-schemas.ts';
import type { CallOptions } from './rpc.ts';

export interface StepRecord {
  readonly courseId: string;
  readonly stepId: StepId;
  readonly status: StepStatus;
  readonly message: string;
  readonly error?: { readonly message: string; readonly details?: Readonly<Record<string, unknown>> };
  /** `generation_id` says whose record this is. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

export interface RecordedProgress {
  readonly progress: GenerationProgress;
  /**
   * The generation to which the course belongs now. Another than the caller's: the record changed nothing. Null
   * as well when the caller's had ended before, unless it ended just as this record says.
   */
  readonly currentGenerationId: string | null;
}

interface GenerationKey {
  readonly courseId: string;
  readonly generationId: string;
}

/** The life of a generation, from its admission to its end. */
export function admissionCalls({ rpc, findById }: Access) {
  return {
    /** Null when there is no such course. */
    loadAdmission: (courseId: string, options?: CallOptions): Promise<answers.Admission | null> =>
      findById('admissions', courseId, answers.admissionSchema, options),

    /** Whether the lesson is of the version of the course that is shown. */
    isShownLesson: (courseId: string, lessonId: string, options?: CallOptions) =>
      rpc('is_shown_lesson', { p_course_id: courseId, p_lesson_id: lessonId }, z.boolean(), options),

    /** Null when there is no such course. */
    async recordProgress(step: StepRecord, options?: CallOptions): Promise<RecordedProgress | null> {
      const schema = answers.progressAnswerSchema.nullable();
      const answer = await rpc('update_course_progress', argsOf(step), schema, options);
      if (answer === null) return null;
      const { metadata, ...progress } = answer;
      return { progress, currentGenerationId: currentAfter(step, metadata) };
    },

    loadGeneration: (generationId: string, options?: CallOptions) =>
      rpc('load_generation', { p_generation_id: generationId }, answers.generationStateSchema.nullable(), options),

    /** Before somebody is told that it runs: it is not undone from now on. False: it has ended. */
    joinGeneration: (generationId: string, options?: CallOptions) =>
      rpc('join_generation', { p_generation_id: generationId }, z.boolean(), options),

    /** All generations in flight, oldest first. */
    listInFlight: (options?: CallOptions) => rpc('list_in_flight', {}, z.array(answers.generationStateSchema), options),

    /**
     * `undone` is false when nothing was changed: the generation has come further than step 1 (with `unlessRecorded`: as far as
     * that), somebody has joined it, or it has ended otherwise.
     */
    undoAdmission(
      key: GenerationKey & { readonly userId: string; readonly reason: string; readonly unlessRecorded?: boolean },
      options?: CallOptions,
    ) {
      const { userId, reason, unlessRecorded = false } = key;
      const args = { ...keyArgs(key), p_user_id: userId, p_reason: reason, p_unless_recorded: unlessRecorded };
      return rpc('undo_admission', args, answers.undoneSchema, options);
    },

    async cancel(key: GenerationKey, options?: CallOptions) {
      const answer = await rpc('cancel_generation', keyArgs(key), answers.cancelledSchema.nullable(), options);
      return answer ?? { outcome: 'stale' as const, status: null };
    },
  };
}

function keyArgs({ courseId, generationId }: GenerationKey) {
  return { p_course_id: courseId, p_generation_id: generationId };
}

function argsOf(step: StepRecord) {
  return {
    p_course_id: step.courseId,
    p_step_id: step.stepId,
    p_status: step.status,
    p_message: step.message,
    p_error_message: step.error?.message ?? null,
    p_error_details: step.error?.details ?? null,
    p_metadata: step.metadata ?? {},
  };
}

type Metadata = z.infer<typeof answers.progressAnswerSchema>['metadata'];

function currentAfter(step: StepRecord, { generation_id: id, generation_status: status }: Metadata): string | null {
  if (id === undefined) return null;
  const ended = hasEnded(status ?? null);
  return ended && status !== endOf(step) ? null : id;
}

/** The status with which a step ends its generation. */
function endOf({ stepId, status }: StepRecord): 'completed' | 'failed' | null {
  if (status === 'failed') return 'failed';
  return stepId === 5 && status === 'completed' ? 'completed' : null;
}
