import { briefSchema } from '@megacampus/domain/course';
import { generationProgressSchema, generationStatusSchema } from '@megacampus/domain/steps';
import { tierSchema } from '@megacampus/domain/tiers';
import { z } from 'zod';
import { lessonContentSchema, lessonStatusSchema, passageSchema, storedOutlineSchema } from './content-schemas.ts';

/** Answers of the functions in supabase/migrations; each is described there. */

/** A row of the view `admissions`: the course with its brief, flat, and what else an admission must know. */
export const admissionSchema = briefSchema
  .extend({
    id: z.uuid(),
    user_id: z.uuid(),
    organization_id: z.uuid().nullable(),
    slug: z.string(),
    generation_id: z.string().nullable(),
    generation_status: generationStatusSchema.nullable(),
    /** As stored, of any shape: see readHasDocuments in packages/domain. */
    generation_progress: z.unknown(),
    /** The course's generation that is in flight. */
    in_flight_id: z.string().nullable(),
    tier: tierSchema,
    user_in_flight: z.number().int(),
    global_in_flight: z.number().int(),
    /** What an admin has set; null when nobody has. */
    global_limit: z.number().int().positive().nullable(),
  })
  .transform(({ in_flight_id, tier, user_in_flight, global_in_flight, global_limit, ...course }) => {
    const { id, user_id, organization_id, slug, generation_id, generation_status, generation_progress, ...brief } =
      course;
    return {
      course: { id, user_id, organization_id, slug, generation_id, generation_status, generation_progress, brief },
      ...{ in_flight_id, tier, user_in_flight, global_in_flight, global_limit },
    };
  });
export type Admission = z.infer<typeof admissionSchema>;

const lessonStateSchema = z.object({ id: z.uuid(), position: z.number().int(), status: lessonStatusSchema });

export const generationStateSchema = z.object({
  id: z.string(),
  course_id: z.uuid(),
  user_id: z.uuid(),
  /** The course's, else the user's id. */
  organization_id: z.uuid(),
  tier: tierSchema,
  weight: z.number().int(),
  status: generationStatusSchema,
  /** The generation's own id where the request had none. */
  request_id: z.string(),
  webhook_url: z.string().nullable(),
  /** ISO; created_at is the admission. */
  created_at: z.string(),
  last_progress_at: z.string(),
  has_documents: z.boolean(),
  documents_ready: z.boolean(),
  analysis_ready: z.boolean(),
  outline_ready: z.boolean(),
  summary_ready: z.boolean(),
  /** Whether it is the course's generation now. */
  current: z.boolean(),
  brief: briefSchema,
  /** Null: of the whole course. Else the lesson, of the version before, that is written anew, and the wish, '' for none. */
  rewrite: z.object({ lesson_id: z.uuid().nullable(), instruction: z.string() }).nullable(),
  lessons: z.array(lessonStateSchema),
});
export type GenerationState = z.infer<typeof generationStateSchema>;

/** Progress with what tells a caller whether its own generation is the current one and in flight. */
export const progressAnswerSchema = generationProgressSchema.extend({
  metadata: z.looseObject({
    generation_id: z.string().optional(),
    generation_status: generationStatusSchema.optional(),
  }),
});

export const undoneSchema = z.object({ undone: z.boolean() });
export const cancelledSchema = z.object({
  outcome: z.enum(['cancelled', 'ended', 'stale']),
  status: generationStatusSchema.nullable(),
});
export const savedSchema = z.object({ saved: z.boolean() }).nullable();
export const savedOutlineSchema = z.object({ saved: z.boolean(), lessons: z.array(lessonStateSchema) }).nullable();
export const savedLessonSchema = z
  .object({
    saved: z.boolean(),
    completed: z.number().int(),
    failed: z.number().int(),
    total: z.number().int(),
  })
  .nullable();
export const savedChunksSchema = z.object({ saved: z.boolean(), chunks: z.number().int() }).nullable();

export const workSchema = z
  .object({ documents_report: z.unknown(), analysis: z.unknown(), outline: storedOutlineSchema.nullable() })
  .nullable();
export const finishedWorkSchema = z
  .object({
    outline: storedOutlineSchema,
    lessons: z.array(z.object({ title: z.string(), content: lessonContentSchema })),
  })
  .nullable();
export const lessonInputSchema = z
  .object({
    generation_id: z.string(),
    course_id: z.uuid(),
    status: lessonStatusSchema,
    brief: briefSchema,
    analysis: z.unknown(),
    outline: storedOutlineSchema,
    section_index: z.number().int(),
    lesson_index: z.number().int(),
    passages: z.array(passageSchema),
    /** The lesson's Markdown before, where it is written anew. */
    previous: z.string().nullable(),
  })
  .nullable();
