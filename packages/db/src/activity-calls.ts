import { type Stage, stageSchema } from '@megacampus/domain/steps';
import { z } from 'zod';
import type { CallOptions, Rpc } from './rpc.ts';

/** `generation_incidents.kind`: what a generation got over. */
export const INCIDENT_KINDS = ['retry', 'outage', 'model_outage', 'timeout'] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** What has happened in a course's current generation, beside its steps. */
export const activitySchema = z.object({
  startedAt: z.string(),
  lessons: z.array(
    z.object({
      position: z.number().int(),
      title: z.string(),
      status: z.enum(['pending', 'completed', 'failed']),
      completedAt: z.string().nullable(),
    }),
  ),
  incidents: z.array(
    z.object({ kind: z.enum(INCIDENT_KINDS), stage: stageSchema, attempt: z.number().int(), at: z.string() }),
  ),
  /** When a run that had been lost was taken up again. */
  recoveries: z.array(z.string()),
});
export type Activity = z.infer<typeof activitySchema>;

/** How long generations take, in seconds: medians of those completed last. */
const paceSchema = z.object({ samples: z.number(), beforeLessons: z.number(), perLesson: z.number() });
export type Pace = z.infer<typeof paceSchema>;

export interface Incident {
  readonly generationId: string;
  readonly kind: IncidentKind;
  readonly stage: Stage;
  /** From 1. */
  readonly attempt: number;
}

/** For the log that a generation's owner sees. */
export function activityCalls(rpc: Rpc) {
  return {
    /** False when the generation is gone, or has its fill of them. */
    recordIncident({ generationId, kind, stage, attempt }: Incident): Promise<boolean> {
      const args = { p_generation_id: generationId, p_kind: kind, p_stage: stage, p_attempt: attempt };
      return rpc('record_incident', args, z.boolean());
    },

    /** Null when the course has no generation. */
    loadActivity(courseId: string, options?: CallOptions): Promise<Activity | null> {
      return rpc('load_activity', { p_course_id: courseId }, activitySchema.nullable(), options);
    },

    /** Null when none has been completed yet. */
    loadPace(options?: CallOptions): Promise<Pace | null> {
      return rpc('load_generation_pace', {}, paceSchema.nullable(), options);
    },
  };
}
